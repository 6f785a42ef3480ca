/** The architecture as data: `architecture.md`, "Doors" and "Guards". Change it there first, then here. */

/** A place: a file, a folder ending in `/`, a package as `npm:name`, or a pattern with `*` for one name. */
export type Place = string;

export interface Door {
  readonly room: Place;
  /** May be imported in full, besides the room itself. */
  readonly may: readonly Place[];
  /** May be imported as types only. */
  readonly types?: readonly Place[];
  /** Said when something else is imported. */
  readonly instead: string;
}

const POLYFILL = 'npm:webextension-polyfill';
const PREACT = ['npm:preact', 'npm:@preact/signals'];
/** Draws the QR code of a link: `ui` only, so that no CRM page ever carries it. */
const QR = 'npm:uqr';
/** Words and dates on screen: pure, used by the background for badge labels and by every surface. */
const WORDS = ['src/words.ts', 'src/dates.ts'];
const CRM_BY_ADDRESS = ['src/crm/adapter.ts', 'src/crm/abouts.ts', 'src/crm/by-id.ts', 'src/crm/*/about.ts'];

const surface = (name: string): readonly Door[] => [
  {
    room: `src/${name}/main.tsx`,
    may: [
      `src/${name}/`,
      'src/domain/',
      ...CRM_BY_ADDRESS,
      'src/contract.ts',
      'src/messenger.ts',
      'src/ui/',
      ...WORDS,
      ...PREACT,
      POLYFILL,
    ],
    instead: 'ask the background through the messenger',
  },
  {
    room: `src/${name}/`,
    may: ['src/domain/', ...CRM_BY_ADDRESS, 'src/contract.ts', 'src/messenger.ts', 'src/ui/', ...WORDS, ...PREACT],
    instead: `ask the background through the messenger; only src/${name}/main.tsx imports the polyfill and hands it down`,
  },
];

/** For each file the first door whose room holds it counts. A file in no room fails. */
export const DOORS: readonly Door[] = [
  {
    room: 'src/domain/',
    may: ['npm:temporal-polyfill', 'npm:valibot', 'npm:@noble/hashes', 'npm:canonicalize'],
    instead: 'hand the value in as an argument: the domain knows no browser, no clock, no wire',
  },
  {
    room: 'src/contract.ts',
    may: [],
    types: ['src/domain/'],
    instead: 'keep the contract to types and the table of who may ask',
  },
  {
    room: 'src/messenger.ts',
    may: ['src/contract.ts'],
    instead: 'hand the runtime in: surfaces pass the polyfill, content the browser’s own',
  },
  { room: 'src/words.ts', may: [], types: ['src/contract.ts'], instead: 'hand `getMessage` in' },
  { room: 'src/dates.ts', may: [], instead: 'hand zone, language and moment in' },
  {
    room: 'src/crm/adapter.ts',
    may: [],
    types: ['src/domain/'],
    instead: 'keep the adapter to types of the domain',
  },
  {
    room: 'src/crm/abouts.ts',
    may: ['src/crm/*/about.ts'],
    types: ['src/crm/adapter.ts'],
    instead: 'list about.ts files only',
  },
  {
    room: 'src/crm/pages.ts',
    may: ['src/crm/*/page.ts'],
    types: ['src/crm/adapter.ts'],
    instead: 'list page.ts files only',
  },
  {
    room: 'src/crm/apis.ts',
    may: ['src/crm/*/api.ts'],
    types: ['src/crm/adapter.ts'],
    instead: 'list api.ts files only',
  },
  // the folder of one CRM; `own` stands for that folder, another CRM's is never reachable
  {
    room: 'src/crm/*/',
    may: ['own', 'src/crm/*.ts', 'npm:valibot', 'npm:@noble/hashes'],
    types: ['src/domain/'],
    instead: 'use only adapter.ts, shared files in src/crm/ and domain types; the network is the `send` it is given',
  },
  {
    room: 'src/crm/',
    may: ['src/crm/*.ts', 'npm:valibot'],
    types: ['src/domain/'],
    instead: 'keep shared CRM code pure',
  },
  {
    room: 'src/background/store/',
    may: ['src/domain/', 'src/contract.ts', 'npm:idb', 'src/background/platform.ts'],
    types: ['src/background/'],
    instead: 'keep the store to facts and rows; what decides lives in src/domain/, what sends in src/background/',
  },
  {
    room: 'src/background/',
    may: [
      'src/domain/',
      ...CRM_BY_ADDRESS,
      'src/crm/apis.ts',
      'src/crm/*/api.ts',
      'src/crm/retry-after.ts',
      'src/contract.ts',
      'src/messenger.ts',
      ...WORDS,
      POLYFILL,
      'npm:valibot',
      'npm:temporal-polyfill',
    ],
    instead: 'use the store’s port for data and the contract for surfaces; idb lives in src/background/store/',
  },
  {
    room: 'src/content/',
    may: ['src/crm/adapter.ts', 'src/crm/*/about.ts', 'src/crm/*/page.ts', 'src/contract.ts', 'src/messenger.ts'],
    instead: 'ask the background through the messenger: this code is bundled into somebody else’s page',
  },
  ...surface('panel'),
  ...surface('popup'),
  {
    room: 'src/dashboard/main.tsx',
    may: [...(surface('dashboard')[0]?.may ?? []), 'src/background/store/reader.ts'],
    instead: 'ask the background through the messenger',
  },
  {
    room: 'src/dashboard/',
    may: [...(surface('dashboard')[1]?.may ?? []), 'src/background/store/reader.ts'],
    instead: 'ask the background, or read through src/background/store/reader.ts; only main.tsx imports the polyfill',
  },
  ...surface('options'),
  {
    room: 'src/ui/',
    may: ['src/domain/', ...WORDS, ...PREACT, 'npm:ical.js', QR],
    types: ['src/contract.ts'],
    instead: 'take values and callbacks; whoever shows the piece hands it `ask`, words and dates',
  },
];

/** What may never be pulled in, however long the way. */
export const NEVER_REACHES: readonly {
  readonly from: Place;
  readonly never: readonly Place[];
  readonly because: string;
}[] = [
  { from: 'src/background/', never: ['src/crm/*/page.ts', 'src/crm/pages.ts'], because: 'page.ts is for web pages' },
  {
    from: 'src/content/',
    never: ['src/crm/*/api.ts', 'src/crm/apis.ts', 'npm:idb', 'npm:preact', POLYFILL, 'src/background/', 'src/domain/'],
    because: 'a web page carries this bundle: no credentials, no data, 1.5 kB',
  },
  ...['panel', 'popup', 'dashboard', 'options', 'ui'].map((name) => ({
    from: `src/${name}/`,
    never: ['src/crm/*/api.ts', 'src/crm/apis.ts', 'src/crm/*/page.ts', 'src/crm/pages.ts'],
    because: 'surfaces neither reach the CRM nor read its pages',
  })),
];

const CLOCK_AND_CHANCE = [
  'Date.now',
  'new Date()',
  'Temporal.Now',
  'performance.now',
  'performance.timeOrigin',
  'Math.random',
  'crypto.randomUUID',
  'crypto.getRandomValues',
];
const WORLD = [
  ...CLOCK_AND_CHANCE,
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'setTimeout',
  'setInterval',
  'navigator.locks',
  'navigator.onLine',
  'indexedDB',
  'localStorage',
];

/** The world enters through one file. */
export const SEAMS: readonly {
  readonly room: Place;
  readonly never: readonly string[];
  readonly except: readonly (readonly [file: Place, name: string])[];
  readonly instead: string;
}[] = [
  {
    room: 'src/domain/',
    never: [
      ...WORLD,
      'Promise',
      'queueMicrotask',
      'chrome',
      'browser',
      'document',
      'window',
      'self',
      'globalThis',
      'navigator',
      'crypto',
    ],
    except: [],
    instead: 'hand it in as a value: the domain is a function',
  },
  {
    room: 'src/crm/',
    never: [...WORLD, 'chrome', 'browser'],
    except: [],
    instead: 'take it from the arguments; the network is `send`',
  },
  {
    room: 'src/background/',
    never: WORLD,
    except: [
      ...WORLD.map((name) => ['src/background/platform.ts', name] as const),
      ['src/background/store/idb.ts', 'indexedDB'],
    ],
    instead: 'add it to src/background/platform.ts and take it from there',
  },
  { room: 'src/ui/', never: CLOCK_AND_CHANCE, except: [], instead: 'take the moment from FormView.now' },
];

/** Ways to turn text into markup or code. */
export const SINKS = [
  'innerHTML',
  'outerHTML',
  'dangerouslySetInnerHTML',
  'insertAdjacentHTML',
  'srcdoc',
  'createContextualFragment',
  'setHTMLUnsafe',
];
export const CODE_SINKS = ['eval', 'Function', 'document.write', 'document.writeln'];

/** Where a transaction may be opened, and where one that writes. */
export const TRANSACTIONS = [
  'src/background/store/idb.ts',
  'src/background/store/migrations.ts',
  'src/background/store/reader.ts',
];
export const WRITING = [
  'src/background/store/idb.ts',
  'src/background/store/migrations.ts',
  'src/background/store/store.ts',
];

export const LONGEST_FILE = 300;
/** Long on purpose, each with its reason. */
export const LONG_BY_DESIGN: Readonly<Record<string, string>> = {
  'src/contract.ts': 'every message between contexts is in one file',
};
export const NAMES_THAT_SAY_NOTHING = /^(?:utils?|helpers?|managers?|common|misc|shared|stuff)$/u;

/** Every permission, visible in a diff; each needs a row in the README's table. */
export const PERMISSIONS = ['storage', 'unlimitedStorage', 'alarms', 'scripting', 'identity', 'sidePanel'];
/** The same for what is asked for with a click and given back when nothing uses it any more. */
export const OPTIONAL_PERMISSIONS = ['cookies'];
export const WEB_ACCESSIBLE = ['src/panel/index.html'];

/** Calls and properties whose string is a key of `_locales`. */
export const SPEAKS = ['say()', 'refused()', 'getMessage()', 'sentence()'];
