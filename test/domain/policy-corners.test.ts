/** Corners of policies and notices: changes before their time, languages as people write them, and two laws at once. */
import { describe, expect, it } from 'vitest';
import { readFact } from '../../src/domain/events/door.ts';
import type { Entry } from '../../src/domain/events.ts';
import { BUILT_IN } from '../../src/domain/policy/built-in.ts';
import { lawAfter } from '../../src/domain/policy/changes.ts';
import { filled } from '../../src/domain/policy/checklist.ts';
import { type Edition, editionOn, noticeFor, readNotices } from '../../src/domain/policy/notices.ts';
import { readJurisdictions, resolvePolicy } from '../../src/domain/policy/resolve.ts';
import { chained } from '../../src/domain/replay/chain.ts';
import { replay } from '../../src/domain/replay/replay.ts';
import { fact, officer } from './facts.ts';
import { NOW } from './people.ts';

const change = (jurisdiction: string, parameter: string, value: unknown, validFrom = '2026-11-01'): Entry =>
  officer(
    fact('policy.changed', '2026-11-01T09:00:00Z', {
      version: '2',
      validFrom,
      reason: 'own policy',
      changes: [{ jurisdiction, parameter, value, source: 'own', mark: 'approved' }],
    }),
  );
const changedBy = (...entries: readonly Entry[]) => lawAfter(BUILT_IN, entries).jurisdictions;

describe('a change of policy', () => {
  it('of a part of a country that it had left to the whole holds for that part only', () => {
    const law = changedBy(change('EU-DE', 'gate.untold', 'hold'));
    expect(resolvePolicy(['EU-DE'], '2026-11-20', law).gate.untold).toBe('hold');
    expect(resolvePolicy(['EU-FR'], '2026-11-20', law).gate.untold).toBe('redact_to_minimum');
  });

  it('dated before the law’s own text does not stand in front of it', () => {
    const law = changedBy(change('EU', 'gate.untold', 'allow', '1990-01-01'));
    expect(resolvePolicy(['EU'], '2026-11-20', law).gate.untold).toBe('redact_to_minimum');
  });

  it('in several steps holds from each day on, in whatever order they were written', () => {
    const law = changedBy(
      change('EU', 'gate.untold', 'allow', '2027-02-01'),
      change('EU', 'gate.untold', 'hold', '2027-01-01'),
    );
    const on = (day: string) => resolvePolicy(['EU'], day, law).gate.untold;
    expect([on('2026-12-31'), on('2027-01-01'), on('2027-02-01')]).toEqual(['redact_to_minimum', 'hold', 'allow']);
  });
});

describe('a jurisdiction that says one thing twice', () => {
  it('means the one in force: an entry without a day of its own holds from the law’s own day', () => {
    const said = (value: string, validFrom?: string) => ({
      value,
      source: 's',
      mark: 'default',
      ...(validFrom === undefined ? {} : { validFrom }),
    });
    const part = {
      key: 'EU-XX',
      name: 'A part',
      extends: 'EU',
      version: '1',
      validFrom: '2020-01-01',
      parameters: { 'gate.untold': [said('hold', '2027-01-01'), said('allow')] },
    };
    const { jurisdictions, problems } = readJurisdictions([part], BUILT_IN.jurisdictions);
    expect(problems).toEqual([]);
    expect(resolvePolicy(['EU-XX'], '2026-11-20', jurisdictions).gate.untold).toBe('allow');
    expect(resolvePolicy(['EU-XX'], '2027-01-01', jurisdictions).gate.untold).toBe('hold');
  });
});

describe('a basis that is assumed', () => {
  const assumed = (...values: readonly (readonly [string, unknown])[]) => {
    const law = changedBy(...values.map(([key, value]) => change(key, 'basisAssumed', value)));
    return resolvePolicy(['EU', 'BR'], '2026-11-20', law).basisAssumed;
  };
  it('is the one on which two laws agree; where they differ, or one forbids it, none is', () => {
    expect(assumed()).toBe('legitimate_interests');
    expect(assumed(['BR', 'contract'])).toBeNull();
    expect(assumed(['BR', 'none'], ['EU', 'none'])).toBeNull();
  });
});

describe('a company’s own notice', () => {
  const own = (more: Partial<Edition> = {}): Edition => ({
    noticeId: 'own',
    kind: 'indirect',
    version: '3',
    validFrom: '2026-11-01',
    material: true,
    purposes: ['account_management'],
    texts: { en: { subject: 'Your data at {controller}{authority}', paragraphs: [{ text: 'Hello {person}' }] } },
    ...more,
  });
  const controller = { name: 'Norrland Instruments', privacyContact: 'privacy@example.com' };

  it('of several in force the newest counts, wherever it stands; of two equal ones the first', () => {
    const [old, first, second] = [own({ version: '2' }), own(), own({ noticeId: 'other' })];
    for (const editions of [
      [old, first, second],
      [first, second, old],
      [first, old, second],
    ])
      expect(editionOn('indirect', '2026-11-20', editions)).toBe(first);
  });

  it('leaves a gap empty that nobody filled', () => {
    expect(filled('{controller}{authority}', controller, 'Li Wei')).toBe('Norrland Instruments');
    expect(noticeFor('indirect', 'en', controller, 'Li Wei', NOW, [own()]).subject).toBe(
      'Your data at Norrland Instruments',
    );
  });

  it('that is no notice at all is named by its place', () => {
    expect(readNotices(['a text']).problems.map(({ path }) => path)).toEqual(['0']);
  });

  it('is read in the language, however it is written', () => {
    const german = own({ texts: { de: { subject: 'Ihre Daten', paragraphs: [] } } });
    for (const language of ['de', 'DE', 'de-CH', 'de_DE'])
      expect(noticeFor('indirect', language, controller, 'Li Wei', NOW, [german]).language).toBe('de');
  });
});

describe('whole facts of a bundle', () => {
  const request = {
    id: 'r',
    type: 'request.received',
    occurredAt: '2026-11-02T09:00:00Z',
    payload: { kind: 'access', via: 'mail', words: null },
  };
  const policy = { placeOfWork: 'DE', controllerEstablishment: 'DE', zone: 'Europe/Berlin' };

  it('are replayed as they are, and say the same as the short ones they were made from', () => {
    const { entries } = chained([request]);
    expect(replay({ now: NOW, policy, events: entries })).toEqual(replay({ now: NOW, policy, events: [request] }));
    expect(replay({ now: NOW, policy, events: entries })).toMatchObject({ problems: [] });
  });

  it('two at one place of a device’s chain are a fork, and said so', () => {
    const [one, other] = [request, { ...request, id: 'r2' }].map((said) => chained([said]).entries[0]);
    const { problems } = replay({ now: NOW, policy, events: [one, other] });
    expect(problems).toMatchObject([{ path: 'contact/person device#1', why: { key: 'alarmFork', args: ['device'] } }]);
  });

  it('name as parents the facts of other devices that their author had seen', () => {
    const objection = { type: 'objection.raised', payload: { scope: 'general' } };
    const { entries } = chained([
      { ...objection, id: 'a', device: 'phone', occurredAt: '2026-11-03T09:00:00Z' },
      { ...objection, device: 'laptop', occurredAt: '2026-11-03T10:00:00Z', saw: ['a', 'never seen'] },
    ]);
    expect(entries[1]?.fact.parents).toEqual([entries[0]?.hash]);
  });

  it('an extension that came in time is no problem', () => {
    const extended = {
      type: 'request.extended',
      role: 'officer',
      occurredAt: '2026-11-03T09:00:00Z',
      payload: { ref: 'r', reason: 'complex', toldAt: '2026-11-03T09:00:00Z' },
    };
    expect(replay({ now: NOW, policy, events: [request, extended] })).toMatchObject({
      problems: [],
      people: [{ status: { requests: [{ extended: true }] } }],
    });
  });

  it('an id that is none, beside everything else that is right, is the only thing named', () => {
    const [entry] = chained([request]).entries;
    expect(readFact({ ...entry, hash: 'x' }).problems).toHaveLength(1);
    expect(readFact(entry).problems).toBeUndefined();
  });
});
