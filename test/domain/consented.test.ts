/** What somebody agreed to, as facts: for each purpose and channel, and never more certain than what is known of it. */
import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type Consented, consentActs } from '../../src/domain/decide.ts';
import { SHAPES } from '../../src/domain/events/shapes.ts';
import type { Payloads } from '../../src/domain/events.ts';

const said: Consented = {
  purposes: ['account_management', 'direct_marketing'],
  channels: ['email', 'post'],
  method: 'spoken',
  affirmative: true,
  givenOn: '2026-03-12',
  text: { name: 'Letter', words: 'May we?', shownOn: '2026-03-12' },
  proof: null,
  validUntil: '2028-03-12',
};
const at = { now: '2026-03-12T22:30:00Z', zone: 'Europe/Zurich', words: { content: 'c', commit: 'h' } };
const acts = (over: Partial<Consented> = {}, more: Partial<typeof at> = {}) =>
  consentActs({ ...said, ...over }, { ...at, ...more });
const payloadOf = (act: { payload: object } | undefined) => act?.payload as Payloads['consent.given'];

it('is one act for each purpose and channel, and each has the shape of its fact', () => {
  const all = acts();
  expect(all.map(({ payload }) => payload)).toMatchObject([
    { purpose: 'account_management', channel: 'email' },
    { purpose: 'account_management', channel: 'post' },
    { purpose: 'direct_marketing', channel: 'email' },
    { purpose: 'direct_marketing', channel: 'post' },
  ]);
  for (const { payload } of all) expect(v.safeParse(SHAPES['consent.given'], payload).issues).toBeUndefined();
});

it('of today happened by now; of another day only the day is known', () => {
  expect(acts()[0]).toMatchObject({ occurredAt: at.now });
  expect(acts()[0]?.precision).toBeUndefined();
  // In Zurich it is the next day already.
  expect(acts({}, { now: '2026-03-12T23:30:00Z' })[0]).toMatchObject({
    occurredAt: '2026-03-11T23:00:00Z',
    precision: 'day',
  });
});

it('rests on what was shown, by its words, and on a proof only where there is one', () => {
  const [one] = acts();
  const [other] = acts({ text: { ...said.text, words: 'May we, please?' } });
  expect(payloadOf(one).evidence).toBe('stated');
  expect(payloadOf(acts({ proof: { name: 'reply', text: 'Yes.' } })[0]).evidence).toBe('artefact');
  expect(payloadOf(one).text?.version).not.toBe(payloadOf(other).text?.version);
  expect(payloadOf(one).text?.textHash.startsWith(payloadOf(one).text?.version ?? '-')).toBe(true);
});

it('is valid until a day of the calendar', () => {
  const shaped = (validUntil: string): boolean =>
    v.safeParse(SHAPES['consent.given'], payloadOf(acts({ validUntil })[0])).success;
  expect(shaped('2028-02-29')).toBe(true);
  expect(shaped('2027-02-29')).toBe(false);
});
