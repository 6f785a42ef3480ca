/** The replay for auditors: its documented examples, and input that must be refused or flagged. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answer } from '../../scripts/replay.ts';
import { BUILT_IN_FILES } from '../../src/domain/policy/built-in.ts';
import { MANY_FACTS, replay } from '../../src/domain/replay/replay.ts';

const doc = readFileSync(new URL('../../docs/replay.md', import.meta.url), 'utf8');
interface Example {
  title: string;
  given?: unknown;
  result?: unknown;
}
/** Every case with its result, in the order of the document; a second pair under one heading goes on from the first. */
const examplesIn = (text: string): readonly Example[] => {
  const found: Example[] = [];
  for (const [, title, kind, json] of text.matchAll(/^### (.+)$|^```json (case|result)\n([\s\S]+?)^```$/gmu)) {
    if (title !== undefined) found.push({ title });
    const value: unknown = json === undefined ? undefined : JSON.parse(json);
    const last = found.at(-1);
    if (kind === 'case' && last?.given !== undefined) found.push({ title: `${last.title}, then`, given: value });
    else if (kind === 'case' && last) last.given = value;
    else if (kind === 'result' && last) last.result = value;
  }
  return found;
};
const examples = examplesIn(doc);

const policy = { placeOfWork: 'DE', controllerEstablishment: 'DE', zone: 'Europe/Berlin' };
const now = '2026-11-20T12:00:00Z';
const sentences = (given: unknown) =>
  (answer(given) as { problems: { path: string; is: string; sentence: string }[] }).problems;

describe('docs/replay.md', () => {
  it('has examples', () => expect(examples.length).toBe(6));
  it.each(examples)('$title', ({ given, result }) => {
    expect(answer(given)).toMatchObject(result as object);
  });
});

describe('a case that cannot be read', () => {
  it.each([
    ['nothing', null, ''],
    ['a moment without a zone', { now: '2026-11-20T12:00:00', policy, events: [] }, 'now'],
    ['a zone that does not exist', { now, policy: { ...policy, zone: 'Europe/Atlantis' }, events: [] }, 'policy.zone'],
    ['events that are no list', { now, policy, events: {} }, 'events'],
    ['no policy', { now, events: [] }, 'policy'],
  ])('%s: named by its path, nothing computed', (_, given, path) => {
    const replayed = replay(given);
    expect(replayed.problems.map((one) => one.path)).toContain(path);
    expect('people' in replayed).toBe(false);
    expect(sentences(given).every(({ sentence }) => sentence.length > 10)).toBe(true);
  });
});

describe('what is flagged', () => {
  it('a bad policy, which leaves the one in force', () => {
    const bad = {
      ...(BUILT_IN_FILES[1] as object),
      parameters: { 'requests.due': { value: 'soon', source: 's', mark: 'default' } },
    };
    const given = { now, policy: { ...policy, jurisdictions: [bad] }, events: [] };
    expect(sentences(given)).toMatchObject([{ path: 'EU-DE.parameters.requests.due', is: 'doorPolicy' }]);
    expect(answer(given)).toMatchObject({ policy: { key: 'EU-DE' } });
  });

  it('a bad notice', () => {
    expect(sentences({ now, policy, notices: [{ version: 'x' }], events: [] })[0]?.path).toMatch(/^notices\.0\./);
  });

  it('a change of policy by a manager, while an officer’s counts', () => {
    const changed = (role: string) => ({
      type: 'policy.changed',
      occurredAt: '2026-11-01T09:00:00Z',
      role,
      payload: {
        version: '2',
        validFrom: '2026-11-01',
        reason: 'r',
        changes: [{ jurisdiction: 'EU', parameter: 'gate.untold', value: 'hold', source: 'officer', mark: 'approved' }],
      },
    });
    const person = {
      type: 'objection.raised',
      occurredAt: '2026-11-03T09:00:00Z',
      payload: { scope: 'direct_marketing' },
    };
    expect(answer({ now, policy, events: [changed('officer'), person] })).toMatchObject({
      gate: { mode: 'hold', held: true },
      problems: [],
    });
    expect(answer({ now, policy, events: [changed('manager'), person] })).toMatchObject({
      gate: { held: false },
      problems: [{ is: 'doorPolicy' }],
    });
  });

  it('one id with two contents, and a fork', () => {
    const one = {
      id: 'a',
      type: 'objection.raised',
      occurredAt: '2026-11-03T09:00:00Z',
      payload: { scope: 'general' },
    };
    expect(sentences({ now, policy, events: [one, { ...one, payload: { scope: 'direct_marketing' } }] })).toMatchObject(
      [{ path: 'a', is: 'alarmSameId' }],
    );
  });

  it('a whole fact of a bundle is read as it is, or refused', () => {
    expect(sentences({ now, policy, events: [{ fact: {}, payload: {}, hash: '' }] }).length).toBeGreaterThan(0);
  });

  it('ten thousand facts about one person: they count, and somebody should look', () => {
    const events = Array.from({ length: 10_000 }, (_, n) => ({
      type: 'contact.logged',
      occurredAt: '2026-11-03T09:00:00Z',
      payload: { activity: `a${n}`, kind: 'note' },
    }));
    const [flag] = sentences({ now, policy, events });
    expect(flag).toMatchObject({ path: 'person', is: 'doorManyFacts' });
    expect(flag?.sentence).toContain('10000');
    expect(MANY_FACTS).toBeLessThan(10_000);
  });
});
