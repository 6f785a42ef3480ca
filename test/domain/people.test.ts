import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildIndex, type Person } from '../../src/domain/people/people-index.ts';
import { type SearchScope, search } from '../../src/domain/people/search.ts';

const person = (id: string, name: string, company: string | null = null, account: string | null = null): Person => ({
  id,
  name,
  company,
  account,
});
const PEOPLE = [
  person('dana', 'Dana Reyes', 'Acme Robotics', 'a1'),
  person('dana2', 'Dana Reyes', 'Borealis AG', 'b1'),
  person('li', 'Li Wei', 'Acme Robotics', 'a1'),
  person('zoe', 'Zoë Ångström', 'Nordlicht GmbH', 'n1'),
  person('muller', 'Jürgen Müller', 'Straßenbau Süd'),
  person('obrien', "Pat O'Brien", 'Toys & Co'),
  person('lukasz', 'Łukasz Đurić', 'Ægir Søfart'),
  person('isil', 'Işıl Yılmaz', 'İstanbul Çelik'),
  person('lee', 'Lee Chan', 'Jean-Luc Partners'),
  person('jean', 'Jean-Luc Picard', 'Starfleet'),
  person('weijun', '李伟', '上海贸易'),
  person('noa', 'נועה כהן', 'תל אביב'),
  person('ahmad', 'أحمد علي', null),
  person('van', 'Ludwig van Beethoven', 'Bonn Music'),
];
const NOWHERE: SearchScope = { page: null, account: null, recent: [] };
const index = buildIndex(PEOPLE);
const ids = (words: string, scope: SearchScope = NOWHERE, limit = 10) =>
  search(index, words, scope, limit).map(({ person: { id } }) => id);

describe('Any part of a name or company finds the person', () => {
  it.each([
    ['dana', ['dana', 'dana2']],
    ['rey', ['dana', 'dana2']],
    ['reyes dana', ['dana', 'dana2']],
    ['d r', ['dana', 'dana2']],
    ['dana acme', ['dana']],
    ['dana borea', ['dana2']],
    ['acme', ['dana', 'li']],
    ['robot', ['dana', 'li']],
    ['li', ['li']],
    ['angstrom', ['zoe']],
    ['ZOE', ['zoe']],
    ['zoë', ['zoe']],
    ['muller', ['muller']],
    ['müller', ['muller']],
    ['mueller', ['muller']],
    ['strassen', ['muller']],
    ['obrien', ['obrien']],
    ["o'brien", ['obrien']],
    ['o’bri', ['obrien']],
    ['brien', ['obrien']],
    ['lukasz', ['lukasz']],
    ['duric', ['lukasz']],
    ['aegir', ['lukasz']],
    ['sofart', ['lukasz']],
    ['isil', ['isil']],
    ['yilmaz', ['isil']],
    ['istanbul', ['isil']],
    ['jean luc', ['jean', 'lee']],
    ['picard jean', ['jean']],
    ['李', ['weijun']],
    ['伟', ['weijun']],
    ['李伟', ['weijun']],
    ['贸易', ['weijun']],
    ['נועה', ['noa']],
    ['כהן', ['noa']],
    ['احمد', ['ahmad']],
    ['أحمد', ['ahmad']],
    ['van beet', ['van']],
  ])('%j', (words, found) => {
    expect(ids(words)).toEqual(found);
  });

  it.each([
    ['dr', ['dana', 'dana2']],
    ['lvb', ['van']],
    ['lb', ['van']],
    ['jlp', ['jean']],
  ])('so do the initials %j', (words, found) => {
    expect(ids(words)).toEqual(found);
    expect(search(index, words, NOWHERE, 9)[0]?.fit).toBe('initials');
  });

  it.each([
    ['dnaa', ['dana', 'dana2']],
    ['daba', ['dana', 'dana2']],
    ['danna', ['dana', 'dana2']],
    ['reyse', ['dana', 'dana2']],
    ['ryes', ['dana', 'dana2']],
    ['xreyes', ['dana', 'dana2']],
    ['betoven', []],
    ['beehoven', ['van']],
    ['angstrum', ['zoe']],
    ['dana reyse', ['dana', 'dana2']],
    ['dnaa acme', ['dana']],
    ['picrad', ['jean']],
    ['qqqq', []],
    ['xx', []],
  ])('and one slip of the finger where nobody fits: %j', (words, found) => {
    expect(ids(words)).toEqual(found);
    for (const { fit } of search(index, words, NOWHERE, 9)) expect(fit).toBe('typo');
  });

  it('and a part inside a word, before a slip is thought of', () => {
    expect(search(index, 'eyes', NOWHERE, 9).map(({ person: { id }, fit }) => [id, fit])).toEqual([
      ['dana', 'inside'],
      ['dana2', 'inside'],
    ]);
  });

  it.each(['', '  ', '@', "'", '—'])('nothing is found by %j', (words) => {
    expect(ids(words)).toEqual([]);
  });
});

describe('The nearest comes first', () => {
  const many = buildIndex([
    person('far', 'Ann Abel'),
    person('exact', 'An'),
    person('recent', 'Anna Cole'),
    person('earlier', 'Annika Dorn'),
    person('colleague', 'Hannes Anders', 'Acme', 'acc'),
    person('page', 'Zed Anton', 'Acme', 'acc'),
    person('firm', 'Bob Ball', 'Anchor'),
  ]);
  const scope = { page: 'page', account: 'acc', recent: ['recent', 'earlier'] };

  it('page, account, recent people by recency, then the closest fit', () => {
    expect(search(many, 'an', scope, 10).map(({ person: { id } }) => id)).toEqual([
      'page',
      'colleague',
      'recent',
      'earlier',
      'exact',
      'far',
      'firm',
    ]);
  });

  it('without a place to stand on: the closest fit, first names before others, then by name', () => {
    expect(search(many, 'an', NOWHERE, 10).map(({ person: { id } }) => id)).toEqual([
      'exact',
      'far',
      'recent',
      'earlier',
      'colleague',
      'page',
      'firm',
    ]);
  });

  it('never more than asked for, and one search leaves nothing behind for the next', () => {
    expect(search(many, 'an', scope, 2).map(({ person: { id } }) => id)).toEqual(['page', 'colleague']);
    expect(search(many, 'an', NOWHERE, 1).map(({ person: { id } }) => id)).toEqual(['exact']);
    expect(search(many, 'an', scope, 0)).toEqual([]);
  });

  it('a near person with a looser fit does not keep a slip alive when somebody fits', () => {
    expect(search(many, 'abel', scope, 5).map(({ person: { id } }) => id)).toEqual(['far']);
  });
});

describe('People come and go', () => {
  it('somebody renamed is found by the new name only', () => {
    const few = buildIndex([person('a', 'Ada Byron', 'Engine Ltd', 'x'), person('b', 'Bea Byron')]);
    few.add(person('a', 'Ada Lovelace', 'Engine Ltd', 'y'));
    const named = (words: string) => search(few, words, NOWHERE, 9).map(({ person: { id } }) => id);
    expect(named('byron')).toEqual(['b']);
    expect(named('lovelace')).toEqual(['a']);
    expect(few.ofAccount('x')).toEqual([]);
    few.remove('b');
    expect(named('byron')).toEqual([]);
    expect(few.size).toBe(1);
    few.remove('nobody');
    expect(few.size).toBe(1);
  });

  const names = fc
    .array(fc.constantFrom('Dana', 'Dan', 'Reyes', 'Zoë', 'Müller', 'O’Neil', '李伟', 'van', 'Jean-Luc', 'A', ''), {
      maxLength: 4,
    })
    .map((words) => words.join(' '));
  const persons = fc.record({
    id: fc.nat(20).map(String),
    name: names,
    company: fc.option(names),
    account: fc.option(fc.constantFrom('a', 'b')),
  });
  const deeds = fc.array(fc.oneof(persons, fc.nat(20).map(String)), { maxLength: 40 });
  const typed = fc.oneof(
    names,
    fc.constantFrom('d', 'da', 'dr', 'dnaa', 'mueller', 'eye', 'r d', 'reyse dan'),
    fc.string(),
  );

  it('an index that grew finds what a fresh one finds', () => {
    fc.assert(
      fc.property(deeds, typed, fc.nat(6), (done, words, limit) => {
        const grown = buildIndex([]);
        const left = new Map<string, Person>();
        for (const deed of done) {
          if (typeof deed === 'string') {
            grown.remove(deed);
            left.delete(deed);
          } else {
            grown.add(deed);
            left.set(deed.id, deed);
          }
        }
        const fresh = buildIndex(left.values());
        const scope = { page: '3', account: 'a', recent: ['5', '1'] };
        expect(search(grown, words, scope, limit)).toEqual(search(fresh, words, scope, limit));
        const texts = (of: typeof grown) => of.words.map(({ text }) => text);
        expect(texts(grown)).toEqual(texts(fresh));
      }),
      { numRuns: 1000 },
    );
  });

  it('one slip in a name of at least four letters still finds it', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcdefgh'), minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(letters, fc.nat(7), fc.constantFrom('drop', 'wrong', 'more', 'swap'), (name, pick, slip) => {
        const at = pick % name.length;
        const typedName = {
          drop: name.slice(0, at) + name.slice(at + 1),
          wrong: `${name.slice(0, at)}z${name.slice(at + 1)}`,
          more: `${name.slice(0, at)}z${name.slice(at)}`,
          swap: name.slice(0, at) + (name[at + 1] ?? '') + (name[at] ?? '') + name.slice(at + 2),
        }[slip];
        fc.pre(typedName.length >= 4);
        const found = search(buildIndex([person('x', name)]), typedName, NOWHERE, 3);
        expect(found.map(({ person: { id } }) => id)).toEqual(['x']);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('People of one name', () => {
  it('stand by company, those without one first, then by id', () => {
    const same = [
      person('4', 'Ada Park', 'Zebra'),
      person('3', 'Ada Park', 'Acme'),
      person('2', 'Ada Park'),
      person('1', 'Ada Park'),
    ];
    for (const people of [same, [...same].reverse()])
      expect(search(buildIndex(people), 'ada', NOWHERE, 10).map(({ person: { id } }) => id)).toEqual([
        '1',
        '2',
        '3',
        '4',
      ]);
  });
});

describe('A whole name', () => {
  it('goes before one that only begins so', () => {
    const people = buildIndex([person('long', 'Dana Reyesdottir'), person('whole', 'Dana Reyes')]);
    expect(search(people, 'dana reyes', NOWHERE, 10).map(({ fit, person: { id } }) => [id, fit])).toEqual([
      ['whole', 'name'],
      ['long', 'beginning'],
    ]);
  });
});

describe('Somebody given twice', () => {
  it('is there once, as given last', () => {
    const twice = buildIndex([person('dana', 'Dana Reyes', 'Acme'), person('dana', 'Dana Winter', 'Borealis')]);
    const found = (words: string) => search(twice, words, NOWHERE, 10, 'beginnings').map(({ person: one }) => one.name);
    expect([twice.size, found('dana'), found('reyes'), found('acme')]).toEqual([1, ['Dana Winter'], [], []]);
  });
});

describe('Many who come later', () => {
  it('are found among those who were there, by words that are new and words that are known', () => {
    const people = buildIndex([person('li', 'Li Wei'), person('noa', 'Noa Cohen')]);
    people.addAll([person('ada', 'Ada Park'), person('mei', 'Mei Wei'), person('zoe', 'Zoe Young')]);
    const found = (words: string) => search(people, words, NOWHERE, 10).map(({ person: { id } }) => id);
    expect([found('ada'), found('wei'), found('noa'), found('young')]).toEqual([
      ['ada'],
      ['li', 'mei'],
      ['noa'],
      ['zoe'],
    ]);
    expect(people.words.map(({ text }) => text)).toEqual([...people.words.map(({ text }) => text)].sort());
  });
});

describe('A slip in a word that goes on', () => {
  it('is found after one in a word of about the same length', () => {
    const people = buildIndex([person('long', 'Dana Reyesdottir'), person('short', 'Dana Reyes')]);
    expect(search(people, 'reyse', NOWHERE, 10).map(({ person: { id } }) => id)).toEqual(['short', 'long']);
  });
});
