import { expect, it } from 'vitest';
import { parse } from '../../src/domain/quick-log/parse.ts';

const context = { now: '2026-11-25T14:20:30Z', zone: 'Europe/Berlin', names: ['Dana Reyes', 'Li Wei'] };

/** Each only looks as if it held a token. */
const NOT_TOKENS = [
  // addresses and links
  'write to dana@acme.example about it',
  'see https://acme.example/@dana/45m for the deck',
  'https://acme.example/~~dana is her page',
  'https://acme.example/a?b=1>c is odd',
  'mailto:dana@acme.example works',
  'she is @dana@social.example there',
  'cc li@acme.example, dana@acme.example please',
  // comparisons, arrows, quoted mail
  '5 > 3 in their ranking',
  'revenue >5m this year',
  'a->b and b=>c',
  'churn >= 5 is bad',
  'growth > last year',
  '>> forwarded',
  '> quoted mail',
  'price<>value',
  // tildes
  'about ~45m in total',
  'a~~b stays',
  'grew ~ 3 per cent',
  // prices and amounts
  'they pay $45m a year',
  'budget is 45M',
  'budget of 45m',
  'we lost 45m in March',
  'the deal is worth 90m',
  'a 45m pool was built',
  '2 days of training sold',
  'ratio 16:9 on screen',
  'our 1:1 went well',
  'score 3-2 at half time',
  'versions 2024-25 differ',
  'room 14h is booked',
  // days and months that belong to a sentence
  'she wants it by Tuesday',
  'she wants it on friday',
  'deliver before 12 March',
  'call again next tuesday',
  'every monday they meet',
  'May I call her in may',
  'they may march in march',
  'the 2026-03-12 release slipped badly',
  'from yesterday onwards it rained',
  'tomorrow she decides',
  'she said the sun sat low',
  // told inside a sentence
  'she told me that prices rise',
  'I told them so',
  'nobody was told',
  'they have not been told',
  'as I told',
  'told by Li that it is over',
  'she asked who told',
  'Dana told Li',
  // re inside a sentence
  'lunch re pricing went well',
  're',
  'they re-open in May',
  // verbs that are none
  'Call centre moved to Riga',
  'meeting room was cold',
  'Visit card handed over',
  'metal prices rise',
  '/unknown command',
  'we met them',
  // names and symbols
  'follow "@home" closely',
  'the “@work” programme',
  '@ noon they left',
  '@3pm it rained',
  '@_ and @- are marks',
  'Yahoo! and Toys@Work merged',
  'C++ & C# people',
  'AT&T and R&D',
  // quotes
  '"Tuesday" is their band',
  'the word "told"',
  'the word (told)',
] as const;

it.each(NOT_TOKENS)('What only looks like a token stays text: %j', (line) => {
  const draft = parse(line, context);
  expect(draft.tokens).toEqual([{ kind: 'text', start: 0, end: line.length }]);
  expect(draft.note).toBe(line);
  expect(draft).toMatchObject({
    whenTyped: false,
    mentions: [],
    subject: null,
    nextSteps: [],
    told: null,
    private: null,
  });
});

it('The same words are tokens where the rule says so: in the head, before the first comma, at the end', () => {
  const typed = (line: string) => parse(line, context).whenTyped;
  expect(typed('met @dana 45m she wants pricing')).toBe(true);
  expect(typed('met Dana for 45m, she wants pricing')).toBe(true);
  expect(typed('met Dana, she wants pricing, 45m')).toBe(true);
  expect(typed('met Dana, she waited 45m for pricing')).toBe(false);
  expect(typed('met Dana, she wants pricing tuesday')).toBe(false);
  expect(typed('met Dana, she wants pricing, tuesday')).toBe(true);
});
