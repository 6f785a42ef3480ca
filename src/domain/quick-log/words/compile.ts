/** From a written vocabulary, and English beside it, to the words that the grammar looks up. */
import { Phrases } from './phrases.ts';
import type { List, Vocabulary } from './vocabulary.ts';
import type { Part, TimeOfDay, WordSet, Words } from './words.ts';

const MARKS = /\p{M}/gu;
const GERMAN: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** "nächste" also as "nachste" and "naechste". */
function spellings(phrase: string): readonly string[] {
  const plain = phrase.normalize('NFD').replace(MARKS, '').replaceAll('ß', 'ss');
  const german = phrase.replace(/[äöüß]/gu, (letter) => GERMAN[letter] as string);
  return [phrase, plain, german];
}

function phrasesIn(list: List | undefined): readonly string[] {
  const written = (list ?? '').split(',').map((phrase) => phrase.trim().normalize('NFC'));
  const said = written.filter((phrase) => phrase !== '');
  // a word that is spelled properly goes before another word without its accents
  return [...new Set([...said.flatMap(spellings), ...said])];
}

type Row<V> = readonly [phrase: string, value: V];
const SHORTEST_COMPOUND = 5;

export function compile(own: Vocabulary, english: Vocabulary | null): Words {
  const foreign = new Set(phrasesIn(own.falseFriends));
  const sources: readonly (readonly [Vocabulary, WordSet])[] =
    english === null
      ? [[own, new Set()]]
      : [
          [english, foreign],
          [own, new Set()],
        ];
  /** English first, so that the language's own meaning of a word replaces the English one. */
  const phrases = <V>(rowsOf: (of: Vocabulary) => readonly (readonly [List | undefined, V])[]): Phrases<V> =>
    new Phrases(
      sources.flatMap(([of, dropped]) =>
        rowsOf(of).flatMap(([list, value]) =>
          phrasesIn(list)
            .filter((phrase) => !dropped.has(phrase))
            .map((phrase): Row<V> => [phrase, value]),
        ),
      ),
    );
  const table = <K extends string>(pick: (of: Vocabulary) => { readonly [value in K]?: List } | undefined) =>
    phrases<K>((of) => Object.entries(pick(of) ?? {}).map(([value, list]) => [list as List, value as K] as const));
  const amounts = (pick: (of: Vocabulary) => Readonly<Record<number, List>> | undefined) =>
    phrases<number>((of) => Object.entries(pick(of) ?? {}).map(([value, list]) => [list, Number(value)] as const));
  const list = (pick: (of: Vocabulary) => List | undefined) => phrases<true>((of) => [[pick(of), true] as const]);
  const set = (pick: (of: Vocabulary) => List | undefined): WordSet =>
    new Set(sources.flatMap(([of, dropped]) => phrasesIn(pick(of)).filter((word) => !dropped.has(word))));
  /** Words that keep something text: the English ones stay. */
  const guard = (pick: (of: Vocabulary) => List | undefined): WordSet =>
    new Set(sources.flatMap(([of]) => phrasesIn(pick(of))));
  const numbered = (pick: (of: Vocabulary) => readonly List[]) =>
    phrases<number>((of) => pick(of).map((names, index) => [names, index + 1] as const));

  const words: Omit<Words, 'timeWords'> = {
    verbs: table((of) => of.verbs),
    verbsBeforeName: table((of) => of.verbsBeforeName),
    verbsAfterName: table((of) => of.verbsAfterName),
    nouns: table((of) => of.nouns),
    with: set((of) => of.with),
    joiners: set((of) => of.joiners),
    openers: set((of) => of.openers),
    about: list((of) => of.about),
    aboutInside: list((of) => `${of.about}, ${of.aboutInside ?? ''}`),

    weekdays: numbered((of) => of.weekdays),
    capitalDays: set((of) => of.capitalDays),
    weekdayParts: phrases((of) => compounds(of)),
    months: numbered((of) => of.months),
    ordinal: new RegExp(`^(\\d{1,2})(${sources.map(([of]) => of.ordinalMark).join('|')})?$`, 'u'),
    firsts: set((of) => of.firsts),
    bareDays: own.bareDays ?? false,
    dottedDays: own.dottedDays ?? false,
    dayFirst: own.dayFirst,
    ofMonth: set((of) => of.ofMonth),
    daysBack: amounts((of) => of.daysBack),
    dayParts: phrases((of) => of.dayParts.map(([back, part, said]) => [said, { back, part }] as const)),
    parts: table<Part>((of) => of.parts),
    last: set((of) => of.last),
    lastAfter: set((of) => of.lastAfter),
    ago: set((of) => of.ago),
    agoBefore: list((of) => of.agoBefore),
    numbers: amounts((of) => of.numbers),
    ones: set((of) => of.ones),
    durationUnits: table((of) => of.durationUnits),
    lowerCaseUnits: set((of) => of.lowerCaseUnits),
    calendarUnits: table((of) => of.calendarUnits),
    durationPhrases: amounts((of) => of.durationPhrases),

    clockWords: phrases((of) => Object.entries(of.clockWords).map(([time, said]) => [said, timeOf(time)] as const)),
    hourMarks: set((of) => of.hourMarks),
    hoursFrom: own.hoursFrom,
    bareHoursFrom: own.bareHoursFrom,
    bareHours: own.bareHours,
    dottedTimes: own.dottedTimes,
    halfTo: set((of) => of.halfTo),
    quarters: amounts((of) => of.quarters),
    past: set((of) => of.past),
    before: set((of) => of.before),
    clockAdds: amounts((of) => of.clockAdds),
    halves: phrases<'am' | 'pm'>((of) => [
      [of.am, 'am'],
      [of.pm, 'pm'],
    ]),
    at: list((of) => of.at),
    on: list((of) => of.on),
    for: set((of) => of.for),
    from: list((of) => of.from),
    to: list((of) => of.to),

    daysAhead: amounts((of) => of.daysAhead),
    anchors: table((of) => of.anchors),
    next: set((of) => of.next),
    coming: set((of) => of.coming),
    comingAfter: list((of) => of.comingAfter),
    in: list((of) => of.in),
    by: list((of) => of.by),

    told: set((of) => of.told),
    toldSetOff: set((of) => of.toldSetOff),
    toldBy: set((of) => of.toldBy),
    routes: table((of) => of.routes),
    toldTies: guard((of) => of.toldTies),

    ties: guard((of) => of.ties),
    measures: guard((of) => of.measures),
    common: guard((of) => of.common),
    particles: guard((of) => of.particles),
    dotted: set((of) => of.dotted),
  };
  return { ...words, timeWords: timeWords(words) };
}

function compounds(of: Vocabulary): readonly (readonly [List, { weekday: number; part: Part }])[] {
  return Object.entries(of.compoundParts ?? {}).flatMap(([part, endings]) =>
    of.weekdays.flatMap((names, index) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name.length >= SHORTEST_COMPOUND)
        .flatMap((name) =>
          endings
            .split(',')
            .map((ending) => [name + ending.trim(), { weekday: index + 1, part: part as Part }] as const),
        ),
    ),
  );
}

function timeOf(time: string): TimeOfDay {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return { hour, minute };
}

function timeWords(words: Omit<Words, 'timeWords'>): WordSet {
  const phrases: readonly Phrases<unknown>[] = [
    words.daysBack,
    words.dayParts,
    words.weekdayParts,
    words.durationPhrases,
    words.weekdays,
    words.months,
    words.numbers,
    words.clockWords,
    words.quarters,
    words.agoBefore,
    words.from,
    words.at,
    words.on,
  ];
  const sets = [words.for, words.last, words.ones, words.halfTo, words.firsts];
  return new Set([...phrases.flatMap((table) => table.firstWords()), ...sets.flatMap((set) => [...set])]);
}
