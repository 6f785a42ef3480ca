/** The building inspector: compares the sources with the architecture (test/house/table.ts). Each failure says what to write and where. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { About } from '../src/crm/adapter.ts';
import { filesUnder, isCode, ROOT, reachedFrom, readSource, readText, type Source, textOf } from './house/reading.ts';
import {
  CODE_SINKS,
  DOORS,
  LONG_BY_DESIGN,
  LONGEST_FILE,
  NAMES_THAT_SAY_NOTHING,
  NEVER_REACHES,
  OPTIONAL_PERMISSIONS,
  PERMISSIONS,
  SEAMS,
  SINKS,
  SPEAKS,
  TRANSACTIONS,
  WEB_ACCESSIBLE,
  WRITING,
} from './house/table.ts';

const files = filesUnder('src');
const code = files.filter(isCode).map(readSource);
const byPath = new Map(code.map((source) => [source.path, source]));

/** A file, a folder ending in `/`, or a pattern with `*` for one name. */
function holds(place: string, path: string): boolean {
  const pattern = place.replace(/[.+?^${}()|[\]\\]/gu, '\\$&').replaceAll('*', '[^/]+');
  return new RegExp(`^${pattern}${place.endsWith('/') ? '' : '$'}`, 'u').test(path);
}
const inAny = (places: readonly string[], path: string): boolean => places.some((place) => holds(place, path));
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

// ---------------------------------------------------------------- what the inspector finds, as sentences

function wrongDoors(source: Source): readonly string[] {
  const door = DOORS.find(({ room }) => holds(room, source.path));
  if (door === undefined)
    return [`${source.path} is in no room: move it into one, or give it a door in test/house/table.ts.`];
  const own = door.room.endsWith('/') && !door.room.includes('*') ? [door.room] : [];
  const may = [...own, ...door.may.map((place) => (place === 'own' ? folderOf(source.path) : place))];
  return source.imports.flatMap(({ from, to, typeOnly }) => {
    if (inAny(may, to) || (typeOnly && inAny(door.types ?? [], to))) return [];
    const asType = inAny(door.types ?? [], to) ? ' Write `import type` if only types are needed.' : '';
    return [`${source.path} must not import '${from}': ${door.instead}.${asType}`];
  });
}

function wrongWays(source: Source, sources: ReadonlyMap<string, Source>): readonly string[] {
  return NEVER_REACHES.filter(({ from }) => holds(from, source.path)).flatMap(({ never, because }) =>
    [...reachedFrom(source.path, sources)]
      .filter(([reached]) => inAny(never, reached))
      .map(([, way]) => `Break the way ${way.join(' → ')}: ${because}.`),
  );
}

function rawGlobals(source: Source): readonly string[] {
  return SEAMS.filter(({ room }) => holds(room, source.path)).flatMap(({ never, except, instead }) =>
    never
      .filter((name) => source.globals.has(name) || [...source.globals].some((used) => used.startsWith(`${name}.`)))
      .filter((name) => !except.some(([file, allowed]) => file === source.path && allowed === name))
      .map((name) => `${source.path} uses ${name}: ${instead}.`),
  );
}

const sinks = (source: Source): readonly string[] => [
  ...SINKS.filter((name) => source.names.has(name)).map(
    (name) => `${source.path} uses ${name}: write text nodes, with Preact or textContent.`,
  ),
  ...CODE_SINKS.filter((name) => source.globals.has(name)).map(
    (name) => `${source.path} uses ${name}: write it as code.`,
  ),
];

function transactions(source: Source): readonly string[] {
  const opens = /\.transaction\(/u.test(source.text) && source.names.has('transaction');
  const found: string[] = [];
  if (opens && !TRANSACTIONS.includes(source.path)) {
    found.push(`${source.path} opens a transaction: call the store’s port; only ${TRANSACTIONS[0]} opens one.`);
  }
  if (source.strings.has('readwrite') && !WRITING.includes(source.path)) {
    found.push(
      `${source.path} asks for readwrite: use the store’s one helper in ${WRITING[0]}, which is strict and acknowledged.`,
    );
  }
  return found;
}

const found = (look: (source: Source) => readonly string[]) => code.flatMap(look);

// ---------------------------------------------------------------- the rooms and their doors

describe('Who may import whom', () => {
  it('every import goes through a door of the table', () => {
    expect(found(wrongDoors)).toEqual([]);
  });

  it('no bundle pulls in by a detour what it may not carry', () => {
    expect(found((source) => wrongWays(source, byPath))).toEqual([]);
  });

  it('idb is imported in the store alone', () => {
    const outside = code.filter(
      ({ path, imports }) => imports.some(({ to }) => to === 'npm:idb') && !holds('src/background/store/', path),
    );
    expect(
      outside.map(({ path }) => `${path} imports idb: call the store’s port in src/background/store/store.ts.`),
    ).toEqual([]);
  });

  it('the polyfill is imported in the background and in the surfaces’ entry files', () => {
    const outside = code.filter(
      ({ path, imports }) =>
        imports.some(({ to }) => to === 'npm:webextension-polyfill') &&
        !inAny(['src/background/', 'src/*/main.tsx'], path),
    );
    expect(
      outside.map(({ path }) => `${path} imports the polyfill: take what it needs as a value from the entry file.`),
    ).toEqual([]);
  });
});

describe('What touches the world', () => {
  it('clock, chance, network, timers, locks and storage enter through src/background/platform.ts', () => {
    expect(found(rawGlobals)).toEqual([]);
  });

  it('the domain is synchronous', () => {
    const late = code.filter(({ path, asynchronous }) => asynchronous && holds('src/domain/', path));
    expect(late.map(({ path }) => `${path} is asynchronous: return data, and let src/background/ wait.`)).toEqual([]);
  });

  it('the domain is compiled without the browser’s types', () => {
    const { compilerOptions } = JSON.parse(textOf('src/domain/tsconfig.json')) as {
      compilerOptions: { lib: string[]; types: string[] };
    };
    const why = 'Write "lib": ["ES2023"] and "types": [] into src/domain/tsconfig.json';
    expect(compilerOptions.types, why).toEqual([]);
    expect(
      compilerOptions.lib.filter((name) => !/^ES\d{4}$/iu.test(name)),
      why,
    ).toEqual([]);
  });

  it('text never becomes markup or code', () => {
    expect(found(sinks)).toEqual([]);
  });

  it('every transaction that writes goes through the store’s one helper', () => {
    expect(found(transactions)).toEqual([]);
  });
});

// ---------------------------------------------------------------- the guests

const crms = [...new Set(files.flatMap((path) => /^src\/crm\/([^/]+)\/about\.ts$/u.exec(path)?.[1] ?? []))];
const aboutOf = async (crm: string): Promise<About> => {
  const { about } = (await import(join(ROOT, `src/crm/${crm}/about.ts`))) as { about: About };
  return about;
};

describe('A CRM is a guest', () => {
  it.each(['about', 'page', 'api'])('every CRM has its %s.ts, and a line in the list of them', (file) => {
    const list = `src/crm/${file}s.ts`;
    const listed = (byPath.get(list)?.imports ?? []).flatMap(
      ({ to }) => new RegExp(`^src/crm/([^/]+)/${file}\\.ts$`, 'u').exec(to)?.[1] ?? [],
    );
    const folders = [...new Set(files.flatMap((path) => /^src\/crm\/([^/]+)\//u.exec(path)?.[1] ?? []))];
    expect([
      ...folders
        .filter((crm) => !files.includes(`src/crm/${crm}/${file}.ts`))
        .map((crm) => `Write src/crm/${crm}/${file}.ts.`),
      ...folders
        .filter((crm) => !listed.includes(crm))
        .map((crm) => `Add ${crm} to ${list}: import it from './${crm}/${file}.ts'.`),
      ...listed
        .filter((crm) => !folders.includes(crm))
        .map((crm) => `Take ${crm} out of ${list}: there is no folder src/crm/${crm}/.`),
    ]).toEqual([]);
  });

  it('its folder is named as its about.ts says', async () => {
    for (const crm of crms)
      expect((await aboutOf(crm)).id, `Write id: '${crm}' into src/crm/${crm}/about.ts`).toBe(crm);
  });

  it('its name appears nowhere else in src', async () => {
    const abouts = await Promise.all(crms.map(aboutOf));
    const words = new Set(
      abouts.flatMap(({ id, name, hosts }) => [
        id,
        name,
        ...hosts.map((host) => /([^.*/]+\.[^.*/]+)\/\*$/u.exec(host)?.[1] ?? id),
      ]),
    );
    const named = files
      .filter((path) => !path.startsWith('src/crm/'))
      .flatMap((path) => {
        const text = textOf(path);
        return [...words]
          .filter((word) =>
            new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll('.', '\\.')}(?![\\p{L}\\p{N}])`, 'iu').test(text),
          )
          .map((word) => `${path} says "${word}": take the name from About.name, the address from About.hosts.`);
      });
    expect(named).toEqual([]);
  });
});

// ---------------------------------------------------------------- manifest, README, words

interface Manifest {
  readonly permissions: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly optional_host_permissions: readonly string[];
  readonly content_scripts?: unknown;
  readonly externally_connectable?: unknown;
  readonly web_accessible_resources: readonly {
    readonly resources: readonly string[];
    readonly matches: readonly string[];
    readonly use_dynamic_url?: boolean;
  }[];
  readonly content_security_policy: { readonly extension_pages: string };
}
const manifest = JSON.parse(textOf('manifest.json')) as Manifest;

describe('The manifest asks for exactly what is needed', () => {
  it('permissions', () => {
    const why = 'Change the permission in manifest.json, in test/house/table.ts and in the README’s table together';
    expect([...manifest.permissions].sort(), why).toEqual([...PERMISSIONS].sort());
    expect(
      manifest.host_permissions ?? [],
      'Write host patterns as optional_host_permissions: a click grants them',
    ).toEqual([]);
    expect([...(manifest.optional_permissions ?? [])].sort(), why).toEqual(OPTIONAL_PERMISSIONS);
    expect(manifest.externally_connectable, 'Take externally_connectable out of manifest.json').toBeUndefined();
    expect(manifest.content_scripts, 'Register content scripts at run time for granted origins').toBeUndefined();
  });

  it('a cookie read in one place, by its name and from one host', () => {
    const reads = code.filter(({ text }) => /\.cookies?\b\s*[.(]/u.test(text)).map(({ path }) => path);
    expect(
      reads.filter((path) => !['src/background/platform.ts', 'src/background/page-session.ts'].includes(path)),
      'Take the session from src/background/page-session.ts: nobody else reads a cookie',
    ).toEqual([]);
  });

  it('the hosts of the CRMs and of their sign-ins, as optional ones', async () => {
    const hosts = (await Promise.all(crms.map(aboutOf))).flatMap(({ hosts, auth }) => [
      ...hosts,
      ...(auth.kind === 'oauth' && auth.authority ? [`${new URL(auth.authority).origin}/*`] : []),
    ]);
    const why = 'Write the hosts and the authority of every about.ts into optional_host_permissions of manifest.json';
    expect([...manifest.optional_host_permissions].sort(), why).toEqual([...new Set(hosts)].sort());
  });

  it('every https host only for a CRM that organisations host themselves, and one origin at a time', async () => {
    const all = await Promise.all(crms.map(aboutOf));
    const everywhere = all.filter(({ hosts }) => hosts.includes('https://*/*'));
    expect(
      everywhere.filter(({ selfHosted }) => !selfHosted).map(({ id }) => `Name the hosts of ${id} in its about.ts.`),
    ).toEqual([]);
    // What is asked for is the origin that the person typed: nothing in the sources spells the wide pattern.
    const spelled = code.filter(({ path, text }) => !path.startsWith('src/crm/') && text.includes('https://*/*'));
    expect(
      spelled.map(({ path }) => `${path} names every host: ask for the one origin in Recognised.origins.`),
    ).toEqual([]);
  });

  it('one web-accessible resource at an address that no page can guess, for the CRMs’ own pages', async () => {
    const why = `Write ${WEB_ACCESSIBLE[0]} alone, for the hosts of every about.ts, with use_dynamic_url: true`;
    const hosts = (await Promise.all(crms.map(aboutOf))).flatMap((about) => about.hosts);
    const [only, ...others] = manifest.web_accessible_resources;
    expect(others, why).toEqual([]);
    expect(only?.resources, why).toEqual(WEB_ACCESSIBLE);
    expect(only?.use_dynamic_url, why).toBe(true);
    expect([...(only?.matches ?? [])].sort(), why).toEqual([...hosts].sort());
  });

  it('a policy without inline code, and without frame-ancestors, which would block the panel', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).not.toMatch(/unsafe|frame-ancestors|http:/u);
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "trusted-types 'none'",
      "require-trusted-types-for 'script'",
    ]) {
      expect(policy, `Write ${part} into the policy of manifest.json`).toContain(part);
    }
  });

  it('each with its reason in the README’s permission table', () => {
    const readme = existsSync(join(ROOT, 'README.md')) ? textOf('README.md') : null;
    expect(
      readme,
      'Write README.md with a table that has a row for each permission: | `storage` | why |',
    ).not.toBeNull();
    const rows = (readme ?? '').split('\n').filter((line) => line.startsWith('|'));
    const asked = [
      ...manifest.permissions,
      ...(manifest.optional_permissions ?? []),
      ...manifest.optional_host_permissions,
    ];
    const missing = asked.filter((permission) => !rows.some((row) => row.startsWith(`| \`${permission}\` |`)));
    expect(
      missing.map((permission) => `Write a row | \`${permission}\` | why | into the permission table of README.md.`),
    ).toEqual([]);
  });
});

type Messages = Readonly<Record<string, { readonly message: string; readonly placeholders?: object }>>;
const locale = (language: string) => JSON.parse(textOf(`_locales/${language}/messages.json`)) as Messages;
const languages = [...new Set(filesUnder('_locales').map((path) => path.split('/')[1] ?? ''))];
const english = locale('en');

describe('All words come from _locales', () => {
  it.each(languages)('%s has the keys and the gaps of English', (language) => {
    const other = locale(language);
    const gaps = (message: string) => [...new Set(message.match(/\$\w+/gu) ?? [])].sort();
    expect([
      ...Object.keys(english)
        .filter((key) => !(key in other))
        .map((key) => `Translate "${key}" in _locales/${language}/messages.json.`),
      ...Object.keys(other)
        .filter((key) => !(key in english))
        .map((key) => `Write "${key}" in _locales/en/messages.json, or take it out of ${language}.`),
      ...Object.keys(english)
        .filter(
          (key) => key in other && gaps(other[key]?.message ?? '').join() !== gaps(english[key]?.message ?? '').join(),
        )
        .map(
          (key) =>
            `Give "${key}" in _locales/${language}/messages.json the gaps ${gaps(english[key]?.message ?? '').join(' ')}.`,
        ),
    ]).toEqual([]);
  });

  it('every key that is used exists', () => {
    const keys = Object.keys(english);
    const families = new Set(keys.flatMap((key) => /^([a-z]+)(?=[A-Z])/u.exec(key)?.[1] ?? []));
    const exists = (key: string) =>
      key.endsWith('…')
        ? keys.some((each) => each.startsWith(key.slice(0, -1)))
        : key in english || `${key}_other` in english;
    const messages = byPath.get('src/contract.ts')?.objects.get('MAY_ASK') ?? [];
    const isFamily = (text: string) =>
      !messages.includes(text) && families.has(/^([a-z]+)[A-Z][A-Za-z]*(?:_\w+)?…?$/u.exec(text)?.[1] ?? '');
    const used = code
      .filter(({ path }) => !inAny(['src/domain/', 'src/crm/', 'src/background/store/'], path))
      .flatMap(({ path, said, strings }) => [
        ...said
          .filter(({ by, value }) => SPEAKS.includes(by) && value !== '…' && !value.startsWith('@@'))
          .map(({ value }) => ({ path, key: value })),
        ...[...strings].filter(isFamily).map((key) => ({ path, key })),
      ]);
    const manifestKeys = [...textOf('manifest.json').matchAll(/__MSG_(\w+)__/gu)].map(([, key = '']) => ({
      path: 'manifest.json',
      key,
    }));
    const missing = [...used, ...manifestKeys].filter(({ key }) => !exists(key));
    const sentences = missing.map(
      ({ path, key }) => `Write "${key}", which ${path} says, into _locales/en/messages.json and every other language.`,
    );
    expect([...new Set(sentences)].sort()).toEqual([]);
  });
});

// ---------------------------------------------------------------- contract and files

describe('One contract, small files, speaking names', () => {
  it('every message has a handler, and every handler its message', () => {
    const messages = byPath.get('src/contract.ts')?.objects.get('MAY_ASK') ?? [];
    const handled = byPath.get('src/background/handlers/index.ts')?.objects.get('handlers') ?? [];
    expect(messages.length).toBeGreaterThan(0);
    expect([
      ...messages
        .filter((message) => !handled.includes(message))
        .map((message) => `Write a handler for ${message} in src/background/handlers/ and add it to index.ts there.`),
      ...handled
        .filter((message) => !messages.includes(message))
        .map((message) => `Take ${message} out of src/background/handlers/index.ts, or add it to src/contract.ts.`),
    ]).toEqual([]);
  });

  it(`no file is longer than ${LONGEST_FILE} lines`, () => {
    const long = code
      .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
      .filter(({ path, lines }) => lines > LONGEST_FILE && !(path in LONG_BY_DESIGN));
    expect(long.map(({ path, lines }) => `${path} has ${lines} lines: split it by what its parts are about.`)).toEqual(
      [],
    );
  });

  it('a surface’s style sheet is one file that begins with the theme: what it says itself comes after it', () => {
    const sheets = filesUnder('src').filter((path) =>
      /^src\/(?:panel|popup|dashboard|options)\/[^/]+\.css$/u.test(path),
    );
    expect(sheets).toHaveLength(4);
    const rules = sheets.map((path) =>
      textOf(path)
        .replace(/\/\*[\s\S]*?\*\//gu, '')
        .trimStart(),
    );
    expect(rules.map((text) => text.split('\n')[0])).toEqual(sheets.map(() => '@import "../ui/theme.css";'));
    expect(code.filter(({ text }) => /import '[^']*ui\/[^']*\.css'/u.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('no file hides behind a name that says nothing', () => {
    const vague = files.filter((path) =>
      path.split('/').some((part) => NAMES_THAT_SAY_NOTHING.test(part.split('.')[0] ?? '')),
    );
    expect(vague.map((path) => `Rename ${path}: say what it holds.`)).toEqual([]);
  });
});

// ---------------------------------------------------------------- the inspector sees

describe('The inspector finds what it looks for', () => {
  it.each([
    ['src/domain/gate.ts', "import browser from 'webextension-polyfill'"],
    ['src/domain/gate.ts', "import type { Store } from '../background/store/store.ts'"],
    ['src/domain/gate.ts', "import '../contract.ts'"],
    ['src/contract.ts', "import { KINDS } from './domain/activity.ts'"],
    ['src/crm/acme/api.ts', "export { about } from '../other/about.ts'"],
    ['src/crm/acme/api.ts', "import { parse } from '../../domain/quick-log/parse.ts'"],
    ['src/background/sync.ts', "import { openDB } from 'idb'"],
    ['src/background/sync.ts', "const page = await import('../crm/acme/page.ts')"],
    ['src/content/visit.ts', "import { makeApi } from '../crm/acme/api.ts'"],
    ['src/panel/panel.tsx', "import browser from 'webextension-polyfill'"],
    ['src/popup/main.tsx', "import { sync } from '../background/sync.ts'"],
    ['src/ui/line.tsx', "import { asker } from '../messenger.ts'"],
    ['src/ui/line.tsx', "import { MAY_ASK } from '../contract.ts'"],
    ['src/ui/line.tsx', "type Page = import('../crm/acme/page.ts').Page"],
    ['src/elsewhere.ts', 'export {}'],
  ])('a wrong import in %s: %s', (path, text) => {
    expect(wrongDoors(readText(path, text))).toHaveLength(1);
  });

  it.each([
    ['src/domain/gate.ts', "import type { Kind } from './activity.ts'"],
    ['src/contract.ts', "import type { Kind } from './domain/activity.ts'"],
    ['src/crm/acme/api.ts', "import { chunk } from './chunk.ts'"],
    ['src/crm/acme/api.ts', "import type { Delivery } from '../../domain/delivery.ts'"],
    ['src/dashboard/table.tsx', "import { reader } from '../background/store/reader.ts'"],
    ['src/ui/line.tsx', "import { type Ask } from '../contract.ts'"],
  ])('and lets pass in %s: %s', (path, text) => {
    expect(wrongDoors(readText(path, text))).toEqual([]);
  });

  it.each([
    ['const now = Date.now();'],
    ['const now = new Date();'],
    ['const id = crypto.randomUUID();'],
    ['const id = globalThis.crypto; id; globalThis.fetch("");'],
    ['const hand = { fetch };'],
    ['setTimeout(() => {}, 1);'],
    ['void navigator.locks.request("a", () => {});'],
    ['const now = Temporal.Now.instant();'],
    ['const open = indexedDB.open("a");'],
  ])('a raw global: %s', (text) => {
    expect(rawGlobals(readText('src/background/sync.ts', text))).not.toEqual([]);
    expect(rawGlobals(readText('src/background/platform.ts', text))).toEqual([]);
  });

  it('but not a member, a type, a parameter or a comment of that name', () => {
    const text = `
      // Date.now() is forbidden
      interface Platform { fetch: typeof fetch; setTimeout(then: () => void): void }
      export const run = (platform: Platform, fetch: Platform['fetch']) => { platform.setTimeout(() => fetch('')); };
      export const then = new Date('2026-01-01');
    `;
    expect(rawGlobals(readText('src/background/sync.ts', text))).toEqual([]);
  });

  it.each([
    ['a.innerHTML = b'],
    ['a["outerHTML"] = b'],
    ['const x = <p dangerouslySetInnerHTML={a} />'],
    ['eval("a")'],
    ['new Function("a")'],
    ['document.write("a")'],
  ])('a way to turn text into markup or code: %s', (text) => {
    expect(sinks(readText('src/ui/line.tsx', text))).toHaveLength(1);
  });

  it('a transaction outside the store', () => {
    expect(transactions(readText('src/background/sync.ts', "db.transaction(['facts'], 'readwrite')"))).toHaveLength(2);
  });

  it('an asynchronous rule', () => {
    expect(readText('src/domain/gate.ts', 'export const gate = async () => 1').asynchronous).toBe(true);
    expect(rawGlobals(readText('src/domain/gate.ts', 'export const gate = () => Promise.resolve(1)'))).toHaveLength(1);
  });

  it('a detour', () => {
    const sources = new Map(
      [
        readText('src/content/visit.ts', "import { a } from '../messenger.ts'"),
        readText('src/messenger.ts', "import { b } from './crm/acme/api.ts'"),
      ].map((source) => [source.path, source]),
    );
    expect(wrongWays(sources.get('src/content/visit.ts') as Source, sources)).toHaveLength(1);
  });
});
