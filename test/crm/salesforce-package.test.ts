/** The set-up package for administrators: well-formed, complete, and of the names that the adapter uses. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { makeApi } from '../../src/crm/salesforce/api.ts';
import { KEY_FIELD } from '../../src/crm/salesforce/fields.ts';
import { DISCLOSURES } from '../../src/domain/crm-status.ts';
import { demoWorld } from './salesforce-world.ts';

const root = join(import.meta.dirname, '../../docs/admin/salesforce-package');
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((each) => each.isFile() && each.name.endsWith('.xml'))
  .map((each) => relative(root, join(each.parentPath, each.name)));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const values = (text: string, tag: string): string[] =>
  [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value ?? '');
const field = (object: string, name: string): string =>
  read(`force-app/main/default/objects/${object}/fields/${name}.field-meta.xml`);

/** Every tag is closed by its own, entities are known, and there is one element at the root. */
const problemIn = (text: string): string | null => {
  const open: string[] = [];
  let roots = 0;
  for (const [, closing, name = '', own] of text
    .replace(/^<\?xml[^?]*\?>\s*/, '')
    .matchAll(/<(\/)?([\w:]+)[^<>]*?(\/)?>/g)) {
    if (closing) {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (open.length === 0) roots += 1;
      if (!own) open.push(name);
    }
  }
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  if (roots !== 1) return `${roots} elements at the root`;
  return /&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text) ? 'a bare ampersand' : null;
};

it.each(files)('%s is well-formed metadata', (path) => {
  const text = read(path);
  expect(text).toMatch(
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<\w+ xmlns="http:\/\/soap\.sforce\.com\/2006\/04\/metadata">/,
  );
  expect(problemIn(text)).toBeNull();
});

it('notices what is not well-formed', () => {
  expect(problemIn('<a><b></a></b>')).toContain('closes nothing');
  expect(problemIn('<a><b/>')).toContain('not closed');
  expect(problemIn('<a>this & that</a>')).toContain('ampersand');
});

it('makes the key that the adapter writes: text, external id, unique, long enough for a key', () => {
  const key = field('Activity', KEY_FIELD);
  expect(values(key, 'fullName')).toEqual([KEY_FIELD]);
  expect(values(key, 'externalId')).toEqual(['true']);
  expect(values(key, 'unique')).toEqual(['true']);
  const longest = `${crypto.randomUUID()}/amend/999/99`;
  expect(Number(values(key, 'length')[0])).toBeGreaterThanOrEqual(longest.length);
});

it('makes every field of a contact that the adapter looks for, of the type it needs', async () => {
  const world = await demoWorld();
  const { offered, usual } = await makeApi(world.send).statusFields();
  await world.close();
  // A purpose is a record, and no field of a contact.
  const types = { flag: 'Checkbox', text: 'Text', day: 'Date', purpose: 'none' } as const;
  const own = Object.values(usual).filter((name) => name.endsWith('__c'));
  expect(own).toHaveLength(6);
  for (const name of own) {
    const kind = offered.find((each) => each.name === name)?.holds ?? 'text';
    expect(values(field('Contact', name), 'fullName')).toEqual([name]);
    expect(values(field('Contact', name), 'type')).toEqual([types[kind]]);
  }
  const made = files.filter((path) => path.includes('/Contact/fields/'));
  expect(made).toHaveLength(own.length);
  expect(Number(values(field('Contact', usual.disclosure ?? ''), 'length')[0])).toBeGreaterThanOrEqual(160);
});

it('lets people read and edit every one of them, and no other field that it makes is left out', () => {
  const allowed = new Set(values(read('force-app/main/default/permissionsets/Candor.permissionset-meta.xml'), 'field'));
  const made = files.flatMap((path) => {
    const [, object, name] = /objects\/(\w+)\/fields\/(\w+)\.field/.exec(path) ?? [];
    // A field of Activity is granted on the two objects that share it.
    return object ? (object === 'Activity' ? ['Event', 'Task'] : [object]).map((each) => `${each}.${name}`) : [];
  });
  for (const each of [...made, 'Contact.HasOptedOutOfEmail', 'Contact.DoNotCall']) expect(allowed).toContain(each);
  expect(values(read('force-app/main/default/permissionsets/Candor.permissionset-meta.xml'), 'editable')).not.toContain(
    'false',
  );
});

it('reports who has not been told, by words that Candor writes', () => {
  const report = read('force-app/main/default/reports/Candor/Untold_contacts.report-meta.xml');
  expect(values(report, 'operator')).toEqual(['notEqual']);
  for (const word of (values(report, 'value')[0] ?? '').split(',')) expect(DISCLOSURES).toContain(word);
  const type = read('force-app/main/default/reportTypes/Candor_Contacts.reportType-meta.xml');
  const columns = values(type, 'field');
  for (const used of [...report.matchAll(/Contact\$(\w+)/g)]) expect(columns).toContain(used[1]);
});

it('names all of it in its manifest, once', () => {
  const members = values(read('manifest/package.xml'), 'members');
  expect(new Set(members).size + 1).toBe(members.length);
  for (const path of files) {
    const name = path.split('/').at(-1)?.split('.')[0] ?? '';
    if (path !== 'manifest/package.xml') expect(members.join(' ')).toContain(name);
  }
});
