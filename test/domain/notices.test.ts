import { describe, expect, it } from 'vitest';
import { lacks, REQUIRED } from '../../src/domain/policy/checklist.ts';
import {
  BUILT_IN_NOTICES,
  type Edition,
  editionOn,
  isInForce,
  noticeFor,
  noticeLanguages,
  openItems,
  readNotices,
  supersededBy,
  textHash,
} from '../../src/domain/policy/notices.ts';
import { direct2, indirect2 } from '../../src/domain/policy/texts/en.ts';
import { fold } from '../../src/domain/status.ts';
import { fact, objected, obtained, officer, told } from './facts.ts';
import { read } from './people.ts';

const controller = { name: 'Halden Ltd', privacyContact: 'privacy@halden.example' };
const complete = { ...controller, officer: 'dpo@halden.example', transfers: 'none' };
const newest = BUILT_IN_NOTICES.filter(({ version }) => version === '2');

describe('what a notice must say', () => {
  it('to somebody whose data came from elsewhere: categories and source as well (Art. 14), to others whether they must give them (Art. 13)', () => {
    expect(REQUIRED.indirect.filter((item) => !REQUIRED.direct.includes(item))).toEqual(['categories', 'source']);
    expect(REQUIRED.direct.filter((item) => !REQUIRED.indirect.includes(item))).toEqual(['obligation']);
  });

  it.each(newest.flatMap((one) => Object.keys(one.texts).map((language) => [one.kind, language, one] as const)))(
    'the %s notice in %s lacks nothing once the company has named its officer and its transfers',
    (_, language, one) => {
      expect(openItems(one, complete)[language]).toEqual([]);
    },
  );

  it('names what a company has not said: its officer and its transfers', () => {
    expect(openItems(newest[0] as Edition, controller)).toEqual({
      en: ['officer', 'transfer'],
      de: ['officer', 'transfer'],
    });
  });

  it('the text of Art. 13 lacks source and categories in a case of Art. 14', () => {
    expect(lacks('indirect', direct2, complete)).toEqual(['categories', 'source']);
    expect(lacks('direct', indirect2, complete)).toEqual(['obligation']);
  });

  it('leaves out a paragraph that nobody filled rather than show a gap', () => {
    const { body } = noticeFor('indirect', 'en', controller, 'Li Wei');
    expect(body).not.toMatch(/\{|officer:/);
    expect(noticeFor('indirect', 'en', complete, 'Li Wei').body).toContain(
      'Our data protection officer: dpo@halden.example.',
    );
  });
});

describe('the registry', () => {
  it('speaks English and German for both kinds', () => {
    expect([...noticeLanguages].sort()).toEqual(['de', 'en']);
    expect(noticeFor('indirect', 'de-CH', controller, 'Li Wei')).toMatchObject({
      language: 'de',
      version: '2',
      kind: 'indirect',
    });
    expect(noticeFor('direct', 'de', controller, 'Li Wei').body).toMatch(/^Guten Tag Li Wei,/);
  });

  it('falls back to English, and says so', () => {
    expect(noticeFor('indirect', 'fr', controller, 'Li Wei').language).toBe('en');
  });

  it('never edits a text: the words of version 1 are those that were shown', () => {
    const first = BUILT_IN_NOTICES.filter(({ version }) => version === '1');
    const hash = (kind: 'direct' | 'indirect') =>
      textHash(noticeFor(kind, 'en', controller, 'Li Wei', '2026-05-01', first));
    expect(hash('direct')).toBe('2ce0470332d4c08290cd3ca38db7ad0059194bc2f2b336c628ffe2b38e160fd4');
    expect(hash('indirect')).toBe('308924759f5f7367782c6a2882c2df67fe83103e22828881d0ad6884bee0bbb1');
  });

  const own = (more: object = {}) => ({
    noticeId: 'candor-indirect',
    kind: 'indirect',
    version: '10',
    validFrom: '2026-12-01',
    material: true,
    purposes: ['direct_marketing'],
    texts: { en: indirect2 },
    ...more,
  });

  it('has one edition in force per kind and day; 10 is newer than 2', () => {
    const { editions } = readNotices([own()]);
    const all = [...BUILT_IN_NOTICES, ...editions];
    expect(editionOn('indirect', '2026-11-30', all)?.version).toBe('2');
    expect(editionOn('indirect', '2026-12-01', all)?.version).toBe('10');
    expect(isInForce('candor-indirect', '2', '2026-12-01', all)).toBe(false);
    expect(isInForce('candor-indirect', '10', '2026-12-01', all)).toBe(true);
    expect(isInForce('somebody’s', '1', '2026-12-01', all)).toBe(false);
    expect(editionOn('indirect', '2025-01-01', all)?.version).toBe('1');
  });

  it('names what is wrong with a company’s own notice by its path, and does not use it', () => {
    expect(
      readNotices([
        own({ version: 'new', purposes: [] }),
        own({ texts: { en: { subject: '', paragraphs: [] } } }),
        own(),
      ]),
    ).toMatchObject({
      editions: [{ version: '10' }],
      problems: [{ path: '0.version' }, { path: '0.purposes' }, { path: '1.texts.en.subject' }],
    });
  });

  it('makes people stale by its material editions', () => {
    expect(supersededBy([...BUILT_IN_NOTICES, ...readNotices([own()]).editions])).toMatchObject([
      { noticeId: 'candor-direct', version: '2', material: false },
      { noticeId: 'candor-indirect', version: '2', material: false },
      { noticeId: 'candor-indirect', version: '10', material: true, at: '2026-12-01T00:00:00Z' },
    ]);
  });
});

describe('a new version of the notice', () => {
  const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')];
  const replaced = (more: object = {}) =>
    officer(
      fact('notice.superseded', '2026-11-10T09:00:00Z', {
        noticeId: 'n',
        version: '2',
        material: true,
        purposes: ['account_management'],
        ...more,
      }),
    );

  it('makes told people stale where it is material and its purposes concern them', () => {
    expect(read([...held, replaced()])).toMatchObject({
      badge: 'stale',
      disclosure: 'stale',
      told: null,
      stale: { version: '2' },
    });
  });

  it.each([
    ['it is not material', replaced({ material: false })],
    ['its purposes do not concern them', replaced({ purposes: ['direct_marketing'] })],
    ['it is another notice', replaced({ noticeId: 'other' })],
    [
      'it is not an officer’s',
      fact('notice.superseded', '2026-11-10T09:00:00Z', {
        noticeId: 'n',
        version: '2',
        material: true,
        purposes: ['account_management'],
      }),
    ],
  ])('leaves them told where %s', (_, change) => {
    expect(read([...held, change])).toMatchObject({ badge: 'told', stale: null });
  });

  it('concerns them as soon as one of its purposes does', () => {
    expect(read([...held, replaced({ purposes: ['events', 'account_management'] })]).badge).toBe('stale');
  });

  it('is newer by its number, part by part', () => {
    const toldWith = (version: string) =>
      fact('notice.delivered', '2026-11-12T09:00:00Z', {
        noticeId: 'n',
        version,
        kind: 'indirect',
        language: 'en',
        route: 'mail',
        textHash: 'h',
        evidence: 'system',
        attempt: null,
        activity: null,
      });
    const badge = (version: string, newest: string) =>
      read([...held, replaced({ version: newest }), toldWith(version)]).badge;
    expect([badge('2', '2.1'), badge('2.1', '2'), badge('2.1', '2.1'), badge('9', '10'), badge('10', '9')]).toEqual([
      'stale',
      'told',
      'told',
      'stale',
      'told',
    ]);
  });

  it('concerns a purpose that a basis was recorded for', () => {
    const basis = fact('basis.set', '2026-11-04T09:00:00Z', {
      purpose: 'events',
      basis: 'legitimate_interests',
      assessment: null,
      reviewBy: null,
    });
    expect(read([...held, basis, replaced({ purposes: ['events'] })]).badge).toBe('stale');
  });

  it('is answered by telling them again', () => {
    const again = fact('notice.delivered', '2026-11-12T09:00:00Z', {
      noticeId: 'n',
      version: '2',
      kind: 'indirect',
      language: 'en',
      route: 'mail',
      textHash: 'h2',
      evidence: 'system',
      attempt: null,
      activity: null,
    });
    expect(read([...held, replaced(), again])).toMatchObject({ badge: 'told', stale: null });
  });

  it('may come from the company’s own stream', () => {
    const superseded = [
      { noticeId: 'n', version: '2', material: true, purposes: ['account_management'], at: '2026-11-10T09:00:00Z' },
    ];
    expect(read(held, { person: { superseded } }).badge).toBe('stale');
    expect(read(held, { person: { superseded }, now: '2026-11-09T09:00:00Z' }).badge).toBe('told');
  });
});

describe('what proves that somebody was told', () => {
  const delivery = told('2026-11-03T09:00:00Z', 'told');
  const held = [obtained('2026-11-02T09:00:00Z'), delivery];

  it('is only stated by a tick, and an artefact once one is attached', () => {
    expect(read(held).told?.evidence).toBe('stated');
    const photo = fact('evidence.attached', '2026-11-05T09:00:00Z', {
      ref: 'told',
      kind: 'photo',
      content: { content: 'c9', commit: 'h' },
    });
    expect(read([...held, photo]).told?.evidence).toBe('artefact');
    expect(fold([...held, photo]).artefacts).toEqual([
      { ref: 'told', kind: 'photo', content: { content: 'c9', commit: 'h' } },
    ]);
  });

  it('an acknowledgement is the person’s own act, and says nothing about consent', () => {
    const seen = fact('notice.acknowledged', '2026-11-05T09:00:00Z', { ref: 'told', how: 'reply' });
    expect(read([...held, seen])).toMatchObject({ badge: 'acknowledged', disclosure: 'acknowledged', consents: [] });
  });

  it('an acknowledgement of a notice that bounced acknowledges nothing', () => {
    const seen = fact('notice.acknowledged', '2026-11-05T09:00:00Z', { ref: 'told', how: 'reply' });
    const bounce = fact('notice.failed', '2026-11-06T09:00:00Z', { ref: 'told', reason: 'bounced' });
    expect(read([...held, seen, bounce]).disclosure).toBe('due');
  });

  it('was recorded after the deadline with a date before it: claimed, until there is evidence of its own', () => {
    const backdated = {
      ...delivery,
      fact: { ...delivery.fact, recordedAt: '2026-12-20T09:00:00Z' },
    } as typeof delivery;
    expect(read([held[0] as typeof delivery, backdated], { now: '2026-12-21T09:00:00Z' })).toMatchObject({
      claimed: true,
      lateTold: false,
      recordedLate: ['told'],
    });
  });
});

describe('languages', () => {
  const held = [obtained('2026-11-02T09:00:00Z'), told('2026-11-03T09:00:00Z', 'told')];
  it('a notice in a language that the person does not read is flagged (KASPR)', () => {
    expect(read(held, { person: { languages: ['fr-FR', 'de'] } }).languageMismatch).toBe(true);
    expect(read(held, { person: { languages: ['fr', 'en-GB'] } }).languageMismatch).toBe(false);
    expect(read(held).languageMismatch).toBe(false);
  });

  it('remembers the languages known when the person was told', () => {
    const shown = fact('notice.delivered', '2026-11-03T09:00:00Z', {
      noticeId: 'n',
      version: '1',
      kind: 'indirect',
      language: 'en',
      languages: ['fr'],
      route: 'mail',
      textHash: 'h',
      evidence: 'stated',
      attempt: null,
      activity: null,
    });
    expect(read([obtained('2026-11-02T09:00:00Z'), shown, objected('2026-11-04T09:00:00Z')]).languageMismatch).toBe(
      true,
    );
  });
});
