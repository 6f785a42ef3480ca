// @vitest-environment happy-dom
/**
 * Finds words that do not come from `_locales`: every surface is drawn with a `say` that wraps what it says in ⟦…⟧ and
 * with data marked ‹…›; whatever letters remain outside both, and outside <time>, are hard-coded.
 */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConnectionState, Flag, Progress } from '../../src/contract.ts';
import { ROUTES } from '../../src/domain/activity.ts';
import { Today } from '../../src/popup/today.tsx';
import { FlagMark, ProgressMark } from '../../src/ui/flags.tsx';
import { Logger } from '../../src/ui/quick-log/logger.tsx';
import { MISSING } from '../../src/words.ts';
import {
  background,
  draw,
  formOf,
  lineOf,
  logOf,
  outsideWords,
  pass,
  person,
  press,
  previewOf,
  pseudo,
  sentence,
  type,
} from './stage.tsx';

const dana = { ...person('‹Dana Reyes›', 'told'), title: '‹Head›', company: '‹Halden›', idTail: '‹x4Q›' };
const li = person('‹Li Wei›', 'not_told', 12);
const form = formOf({
  record: { type: 'contact', name: '‹Dana Reyes›', account: '‹Halden›' },
  crm: { id: 'acme', name: '‹Acme›' },
  pageContact: dana,
  people: [dana, li],
  account: { name: '‹Halden›', told: 12, untold: 5 },
});
const log = logOf({ title: '‹Meeting›', account: '‹Halden›', sentence: sentence('‹Saved›') });

const clean = (root: HTMLElement): void => {
  expect(outsideWords(root)).toEqual([]);
  expect(root.textContent).not.toMatch(MISSING);
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe.each(['panel', 'popup'] as const)('every word of the form in the %s comes from _locales', (surface) => {
  const open = (given: ReturnType<typeof background>, armed = true) =>
    draw(
      <Logger
        ask={given.ask}
        say={pseudo}
        language="en"
        surface={surface}
        armed={() => armed}
        onChanged={() => () => undefined}
        onClose={() => undefined}
      />,
    );

  it('when it is empty, opening, without a record, and without an answer', async () => {
    clean(await open(background(form)));
    clean(await open(background(formOf({ record: null, pageContact: null, account: null, privateKept: true }))));
    const dead = background(form);
    dead.on.openForm.mockRejectedValue(new Error('no answer'));
    clean(await open(dead));
  });

  it('while a line is typed, with every kind of chip', async () => {
    const given = background(form);
    given.on.preview.mockImplementation(async ({ text }: { text: string }) =>
      previewOf({
        people: [
          { person: dana, span: null, isNew: false, alternatives: [], leaves: 'now' },
          {
            person: li,
            span: [text.indexOf('@'), text.indexOf('@') + 2],
            isNew: true,
            alternatives: [],
            leaves: 'when_told',
          },
        ],
        leaves: [sentence('‹leaves›')],
        withheld: [sentence('‹withheld›')],
        stays: [sentence('‹stays›')],
        refusal: sentence('‹refusal›'),
      }),
    );
    for (const told of ['told', 'told by mail', 'told by letter', 'told by card', 'told by link']) {
      for (const verb of ['met', 'called', 'emailed', 'visited', 'noted']) {
        const root = await open(given);
        await type(root, `${verb} @‹Li Wei› re ‹Q3› 45m yesterday 3pm, ‹note› >‹send› fri ${told} ~~‹move›`);
        await pass(1000);
        clean(root);
      }
    }
    expect(ROUTES).toHaveLength(5);
  });

  it('while names are offered, and where several people fit', async () => {
    const given = background(form);
    given.on.preview.mockResolvedValue(
      previewOf({ people: [{ person: dana, span: [4, 6], isNew: false, alternatives: [dana, li], leaves: 'never' }] }),
    );
    const root = await open(given);
    await type(root, '‹a› @');
    await pass(1000);
    expect(root.querySelectorAll('[role=option]')).toHaveLength(2);
    clean(root);
    await press(lineOf(root), 'Escape');
    clean(root);
  });

  it('when saving is refused, not allowed, and done', async () => {
    const refused = background(form);
    refused.on.commit.mockResolvedValue({ is: 'refused', why: sentence('‹why›') });
    const elsewhere = background(form);
    elsewhere.on.commit.mockResolvedValue({
      is: 'saved',
      log: {
        ...log,
        url: 'https://crm.example/1',
        canRetry: true,
        reasons: [sentence('‹why›')],
        people: [
          { name: '‹a›', state: 'in_crm' },
          { name: '‹b›', state: 'waiting' },
          { name: '‹c›', state: 'withheld' },
        ],
      },
      boundElsewhere: sentence('‹elsewhere›'),
    });
    for (const given of [refused, elsewhere]) {
      const root = await open(given);
      await press(lineOf(root), 'Enter');
      clean(root);
      await type(root, '‹words›');
      await press(lineOf(root), 'Enter');
      clean(root);
    }
    if (surface === 'popup') return;
    const root = await open(background(form), false);
    await type(root, '‹words›');
    await press(lineOf(root), 'Enter');
    clean(root);
  });
});

it('every word of the popup below the form comes from _locales', async () => {
  const may = { open: 'edit', remove: 'take_back', keepPrivate: true, crm: '‹CRM›' } as const;
  const step = { activity: 'a', step: 0, text: '‹send it›', due: '2026-03-13', people: ['‹Li Wei›'], account: null };
  const followUps = [true, false].map((overdue) => ({ ...step, step: Number(overdue), overdue, done: false }));
  const connections: ConnectionState[] = [
    'none',
    'connected',
    'sign_in_needed',
    'waiting_for_setup',
    'permission_missing',
  ];
  for (const connection of connections) {
    for (const logs of [[], [{ ...log, may }]]) {
      clean(
        await draw(
          <Today
            today={{ logs, followUps, waiting: 2, needsYou: 1, connection, offline: true }}
            say={pseudo}
            language="en"
            onOptions={() => undefined}
            onDashboard={() => undefined}
            onMark={() => undefined}
            onOpen={() => undefined}
            onRemove={() => undefined}
            onKeepPrivate={() => undefined}
            onRetry={() => undefined}
            told={{ words: '‹Deleted.›', onUndo: () => undefined }}
          />,
        ),
      );
    }
  }
});

it('every status and every progress has its words in _locales', async () => {
  const flags: Flag[] = ['objected', 'overdue', 'backlog', 'due', 'not_told', 'told'];
  const progress: Progress[] = ['saved', 'queued', 'sending', 'in_crm', 'needs_you'];
  for (const flag of flags) {
    for (const daysLeft of [null, 1, 12, -3]) {
      for (const pending of [true, false])
        clean(await draw(<FlagMark status={{ flag, daysLeft, pending }} say={pseudo} />));
    }
  }
  for (const each of progress) clean(await draw(<ProgressMark progress={each} say={pseudo} />));
});

it('the search itself finds a word in text, in a label, in a title, in a placeholder and in an alternative', async () => {
  const root = await draw(
    <div>
      text <button type="button" aria-label="label" /> <i title="title" /> <input placeholder="hint" />{' '}
      <img alt="mark" /> ‹data›
      <time>3 PM</time>
    </div>,
  );
  expect(outsideWords(root).map((found) => found.trim())).toEqual(['text', 'label', 'title', 'hint', 'mark']);
});
