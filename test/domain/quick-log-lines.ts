/** Random lines of every language, for properties. `npm run fuzz` sets `QUICK_LOG_RUNS` to run the long way. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { LineContext } from '../../src/domain/quick-log/draft.ts';
import { LANGUAGES } from '../../src/domain/quick-log/words/languages.ts';

export const runs = (usual: number): number => Number(process.env.QUICK_LOG_RUNS ?? usual);

/** Pieces of the grammar in each language, and of what breaks grammars. */
const scraps = fc.constantFrom(
  ...'met called @dana @li wei @Ada Lovelace and & , ; . ! ? : ( ) " 45m 1h30 1.5h 90 minutes 2-3pm 14:00-14:45 3pm 15:00 at 3 for on yesterday today tue last friday 12 March 2026-03-12 29 Feb 2 days ago an hour re Q3 told by mail card > >send >fri next week ~~ ~~x @ @@ -- 23:59-00:01 99 h m !send !a *price *a* **b** * !'.split(
    ' ',
  ),
  ...'getroffen mit telefoniert gestern vorgestern heute morgen früh Nachmittag am 12. März 24.11. Di., den um halb viertel vor nach drei Uhr 15 von bis anderthalb Stunden 1,5 Std. informiert per wegen betr. nächste Woche übermorgen'.split(
    ' ',
  ),
  ...'rencontré avec hier soir mardi dernier le 3 à 14h30 heures et demie moins quart il y a jours d’ici informée prochain'.split(
    ' ',
  ),
  ...'llamé a las tres y media ayer por la tarde hace 3 días el 12 de marzo informado viene'.split(' '),
  ...'gebeld gisteren half drie kwart over uur geleden dinsdagmiddag ’s middags 14u30 ingelicht'.split(' '),
  ...'visto ieri alle due e mezza ore fa l’altro mezz’ora informata tra giorni'.split(' '),
  '\n',
  '\r\n',
  '\0',
  '\ud800',
  '\udc00',
  '\u202e\u05d0',
  '\u00a0',
  '\u2028',
  '👩‍👩‍👧',
  'e\u0301',
);
const sentences = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 8, arbitrary: scraps }, fc.string({ unit: 'binary', maxLength: 6 })),
      fc.constantFrom(' ', ' ', ' ', '', '  ', ', '),
    ),
    { maxLength: 24 },
  )
  .map((parts) => parts.flat().join(''));
const codeUnits = fc.array(fc.nat(0xffff), { maxLength: 60 }).map((units) => String.fromCharCode(...units));
export const lines = fc.oneof(sentences, sentences, sentences, codeUnits, fc.string());

const zones = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Pacific/Apia',
  'Asia/Kathmandu',
);
const moments = fc
  .integer({ min: Date.UTC(2005, 0), max: Date.UTC(2035, 0) })
  .map((milliseconds) => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString());
export const languages = fc.constantFrom(...LANGUAGES, 'en-US', 'de-CH', 'xx');
export const contexts = fc.record({
  now: moments,
  zone: zones,
  names: fc.constant<readonly string[]>(['Dana Reyes', 'Li Wei']),
  language: languages,
}) satisfies fc.Arbitrary<LineContext>;
