// @vitest-environment happy-dom
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import type { ContactRow, ContactsView, Flag, Message, NoticeDraft, TimelineView } from '../../src/contract.ts';
import { mailtoOf } from '../../src/dashboard/contact/tell-form.tsx';
import { hayOf, matching, ordered, pressed } from '../../src/dashboard/contacts/order.ts';
import { Dashboard } from '../../src/dashboard/dashboard.tsx';
import type { Hands } from '../../src/dashboard/hands.ts';
import { hashOf, placeOf } from '../../src/dashboard/place.ts';
import { ROUTES } from '../../src/domain/activity.ts';
import { MISSING, type Say } from '../../src/words.ts';
import { dashboardHands, NOW } from './hands.ts';
import { withoutMailProgram } from './mail.ts';
import { buttonNamed, click, draw, logOf, outsideWords, pass, person, pseudo, sayIn, sentence } from './stage.tsx';

const row = (name: string, flag: Flag, daysLeft: number | null, over: Partial<ContactRow> = {}): ContactRow => {
  const base = person(name, flag, daysLeft);
  return { ...base, account: null, lastLog: null, withheld: 0, ...over };
};
const countsOf = (rows: readonly ContactRow[]): ContactsView['counts'] => {
  const counts: Record<Flag, number> = { objected: 0, overdue: 0, backlog: 0, due: 0, not_told: 0, told: 0 };
  for (const each of rows) counts[each.status.flag] += 1;
  return counts;
};

const li = row('Li Wei', 'due', 12, { account: 'Halden', withheld: 2, lastLog: '2026-03-11T14:00:00Z' });
const dana = row('Dana Reyes', 'told', null, { account: 'Halden', lastLog: '2026-03-10T14:00:00Z' });
const jose = row('José Núñez', 'overdue', -3, { account: 'Alarcón' });
const aoife = row('Aoife Byrne', 'backlog', -400, { account: 'Kestrel' });
const rows = [dana, aoife, li, jose];

const notice: NoticeDraft = {
  contact: li.id,
  noticeId: 'n',
  version: '1.0',
  kind: 'indirect',
  language: 'en',
  route: 'mail',
  subject: 'Your data & us',
  body: 'Dear Li,\nwe keep a note.',
  to: 'li@example.test',
  textHash: '0'.repeat(64),
};
const fact = (id: string, type: string, recordedAt: string, voided = false): TimelineView['entries'][number] => ({
  id,
  type,
  occurredAt: recordedAt,
  recordedAt,
  precision: 'minute',
  sentence: sentence(`‹fact ${id}›`),
  details: [sentence(`‹detail of ${id}›`)],
  hash: `‹hash ${id}›`,
  voided,
});
const timeline = (over: Partial<TimelineView> = {}): TimelineView => ({
  person: li,
  deadline: [sentence('‹By the end of April.›')],
  entries: [
    fact('old', 'contact.obtained', '2026-03-01T08:00:00Z'),
    fact('told', 'notice.delivered', '2026-03-12T08:00:00Z'),
    fact('slip', 'notice.delivered', '2026-03-12T09:00:00Z', true),
  ],
  crossed: [{ at: '2026-03-11T08:00:00Z', sentence: sentence('‹The time of a meeting›') }],
  logs: [],
  pendingAttempt: null,
  ...over,
});

type Answers = Partial<Record<Message, Mock>>;
const stage = (given: Answers = {}, over: Partial<Hands> = {}) => {
  const on: Answers = {
    today: vi.fn(async () => ({ logs: [], waiting: 0, needsYou: 0, connection: 'connected', offline: false })),
    findContacts: vi.fn(async () => []),
    burden: vi.fn(async () => null),
    contacts: vi.fn(async () => ({ rows, counts: countsOf(rows), connection: 'connected' })),
    held: vi.fn(async () => []),
    timeline: vi.fn(async () => timeline()),
    prepareNotice: vi.fn(async () => notice),
    attemptNotice: vi.fn(async () => ({ attempt: 'attempt-1' })),
    ...Object.fromEntries(
      ['confirmTold', 'noticeFailed', 'raiseObjection', 'voidFact', 'retry', 'undo'].map((message) => [
        message,
        vi.fn(async () => ({ is: 'done' })),
      ]),
    ),
    ...given,
  };
  let id = 0;
  const poke: { changed: () => void } = { changed: () => undefined };
  const later: (() => void)[] = [];
  const copy = vi.fn(async () => undefined);
  const answer = (message: Message, ...ask: unknown[]): unknown => {
    const given = on[message];
    if (!given) throw new Error(`no answer for ${message}`);
    return given(...ask);
  };
  const hands = dashboardHands(answer, {
    onChanged: (then) => {
      const before = poke.changed;
      poke.changed = () => {
        before();
        then();
      };
      return () => undefined;
    },
    newId: () => {
      id += 1;
      return `id-${id}`;
    },
    after: (_ms, then) => {
      later.push(then);
      return () => undefined;
    },
    copy,
    ...over,
  });
  const open = (hash: string): Promise<HTMLElement> => {
    location.hash = hash;
    return draw(<Dashboard hands={hands} />);
  };
  return { on, hands, open, poke, later, copy };
};

const names = (root: ParentNode): string[] =>
  [...root.querySelectorAll('tbody th a')].map((each) => each.textContent ?? '');
const toastIn = (root: ParentNode): string => root.querySelector('.toast')?.textContent ?? '';
const dialogIn = (root: ParentNode): HTMLElement => {
  const dialog = root.querySelector('dialog');
  if (!dialog) throw new Error('no dialog on the screen');
  return dialog;
};
const openTell = async (root: HTMLElement): Promise<HTMLElement> => {
  await click(buttonNamed(root, 'Tell …'));
  return dialogIn(root);
};
/** Li's page, with a mail on its way to her. */
const onItsWay = async (
  open: ReturnType<typeof stage>['open'],
): Promise<{ root: HTMLElement; dialog: HTMLElement }> => {
  const root = await open('#/contacts/li-wei');
  const dialog = await openTell(root);
  await click(dialog.querySelector('a.primary'));
  return { root, dialog };
};

withoutMailProgram();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('Telling somebody', () => {
  it('offers to confirm only once the attempt is recorded', async () => {
    const { on, open } = stage();
    const dialog = await openTell(await open('#/contacts/li-wei'));
    expect(buttonNamed(dialog, 'Confirm: it was sent')).toBeUndefined();

    await click(dialog.querySelector('a.primary'));

    expect(on.attemptNotice).toHaveBeenCalledExactlyOnceWith({
      commandId: 'id-1',
      contact: 'li-wei',
      route: 'mail',
      language: 'en',
    });
    expect(dialog.textContent).toContain('On its way');
    expect(buttonNamed(dialog, 'Confirm: it was sent')).toBeDefined();
    expect(on.confirmTold).not.toHaveBeenCalled();
  });

  it('counts the person as told only on the confirmation, and under an id of its own', async () => {
    const { on, open } = stage();
    const { root, dialog } = await onItsWay(open);
    expect(toastIn(root)).toBe('');

    await click(buttonNamed(dialog, 'Confirm: it was sent'));

    expect(on.confirmTold).toHaveBeenCalledExactlyOnceWith({
      commandId: 'id-2',
      contact: 'li-wei',
      attempt: 'attempt-1',
    });
    expect(root.querySelector('dialog')).toBeNull();
    expect(toastIn(root)).toContain('Li Wei counts as told.');
  });

  it('does not say told when the confirmation is refused, and says why', async () => {
    const { open } = stage({
      confirmTold: vi.fn(async () => ({ is: 'refused', why: sentence('Li Wei objected meanwhile.') })),
    });
    const { root, dialog } = await onItsWay(open);
    await click(buttonNamed(dialog, 'Confirm: it was sent'));
    expect(dialogIn(root).querySelector('[role=alert]')?.textContent).toBe('Li Wei objected meanwhile.');
    expect(toastIn(root)).toBe('');
  });

  it('takes back the newest delivery that still counts when Undo is pressed', async () => {
    const { on, open } = stage();
    const { root, dialog } = await onItsWay(open);
    await click(buttonNamed(dialog, 'Confirm: it was sent'));
    await click(buttonNamed(root, 'Undo'));
    expect(on.voidFact).toHaveBeenCalledExactlyOnceWith({ commandId: 'id-3', contact: 'li-wei', ref: 'told' });
    expect(toastIn(root)).toBe('Taken back. Li Wei does not count as told.');
  });

  it('takes the Undo away when its time is over', async () => {
    const { later, open } = stage();
    const { root, dialog } = await onItsWay(open);
    await click(buttonNamed(dialog, 'Confirm: it was sent'));
    await act(async () => later.at(-1)?.());
    expect(buttonNamed(root, 'Undo')).toBeUndefined();
  });

  it('keeps the id of a command until it is answered, so that a second try is the same command', async () => {
    const attemptNotice = vi.fn().mockRejectedValueOnce(new Error('no answer')).mockResolvedValueOnce({ attempt: 'a' });
    const { open } = stage({ attemptNotice });
    const dialog = await openTell(await open('#/contacts/li-wei'));
    await click(dialog.querySelector('a.primary'));
    expect(dialog.textContent).toContain('Candor did not answer.');
    await click(dialog.querySelector('a.primary'));
    expect(attemptNotice.mock.calls.map(([ask]) => ask.commandId)).toEqual(['id-1', 'id-1']);
  });

  it('shows a notice on its way on the person’s page, with both answers', async () => {
    const pendingAttempt = { attempt: 'attempt-9', route: 'letter', at: NOW } as const;
    const { on, open } = stage({ timeline: vi.fn(async () => timeline({ pendingAttempt })) });
    const root = await open('#/contacts/li-wei');
    expect(buttonNamed(root, 'Confirm: it was posted')).toBeDefined();
    await click(buttonNamed(root, 'It came back'));
    expect(on.noticeFailed).toHaveBeenCalledExactlyOnceWith({
      commandId: 'id-1',
      contact: 'li-wei',
      ref: 'attempt-9',
      reason: 'returned',
    });
    expect(on.confirmTold).not.toHaveBeenCalled();
  });

  it('opens a person from Today where the notice was left', async () => {
    const waiting = { ...jose, status: { ...jose.status, pending: true } };
    const { open } = stage({
      contacts: vi.fn(async () => ({ rows: [waiting], counts: countsOf([waiting]), connection: 'connected' })),
      timeline: vi.fn(async () => timeline({ pendingAttempt: { attempt: 'attempt-9', route: 'mail', at: NOW } })),
    });
    const root = await open('#/today');
    await click(buttonNamed(root, 'Confirm … José Núñez'));
    expect(buttonNamed(dialogIn(root), 'Confirm: it was sent')).toBeDefined();
  });

  it('shows why there is no text to send', async () => {
    const why = sentence('Fill in your company in options first.');
    const { open } = stage({ prepareNotice: vi.fn(async () => ({ is: 'refused', why })) });
    const dialog = await openTell(await open('#/contacts/li-wei'));
    expect(dialog.textContent).toContain('Fill in your company in options first.');
    expect(dialog.querySelector('a.primary')).toBeNull();
  });

  it('writes a mail address that mail programs understand, whatever is in the text', () => {
    expect(mailtoOf({ to: 'li+x@example.test', subject: 'Your data & us?', body: 'Ö 1\nb=2' })).toBe(
      'mailto:li%2Bx@example.test?subject=Your%20data%20%26%20us%3F&body=%C3%96%201%0D%0Ab%3D2',
    );
  });
});

describe('An objection', () => {
  it('is recorded with its scope, says what it means, and can be taken back', async () => {
    const given = timeline({
      entries: [fact('no', 'objection.raised', NOW), fact('old', 'objection.raised', '2026-01-01T08:00:00Z')],
    });
    const { on, open } = stage({ timeline: vi.fn(async () => given) });
    const root = await open('#/contacts/li-wei');
    await click(buttonNamed(root, 'Objected …'));
    await click(buttonNamed(dialogIn(root), 'Record the objection'));
    expect(on.raiseObjection).toHaveBeenCalledExactlyOnceWith({
      commandId: 'id-1',
      contact: 'li-wei',
      scope: 'general',
    });
    expect(toastIn(root)).toContain('Li Wei objected. Nothing about them will leave this device.');
    await click(buttonNamed(root, 'Undo'));
    expect(on.voidFact).toHaveBeenCalledExactlyOnceWith({ commandId: 'id-2', contact: 'li-wei', ref: 'no' });
  });
});

describe('The burden of the week', () => {
  it('stands on Today for the manager alone, and nothing stands there before a log was measured', async () => {
    const burden = vi.fn(async () => ({ key: 'burdenWeek', args: [3, 4, 0, 6], count: 3 }));
    const { open } = stage({ burden });
    const root = await open('#/today');
    expect(root.textContent).toContain('about 6 min less than in the CRM’s form. Only you see this.');
    expect(burden).toHaveBeenCalledWith({ activity: null });
    const { open: openNew } = stage({ burden: vi.fn(async () => null) });
    expect((await openNew('#/today')).textContent).not.toContain('Only you see this.');
  });
});

describe('Contacts', () => {
  it('puts what is most urgent first, backlog after the live clocks', async () => {
    const { open } = stage();
    expect(names(await open('#/contacts'))).toEqual(['José Núñez', 'Li Wei', 'Aoife Byrne', 'Dana Reyes']);
  });

  it('sorts by a column and back, and says so', async () => {
    const { open } = stage();
    const root = await open('#/contacts');
    const head = root.querySelector('th.col-name');
    expect(head?.getAttribute('aria-sort')).toBe('none');
    await click(head?.querySelector('button'));
    expect(names(root)).toEqual(['Aoife Byrne', 'Dana Reyes', 'José Núñez', 'Li Wei']);
    expect(head?.getAttribute('aria-sort')).toBe('ascending');
    await click(head?.querySelector('button'));
    expect(names(root)).toEqual(['Li Wei', 'José Núñez', 'Dana Reyes', 'Aoife Byrne']);
    expect(head?.getAttribute('aria-sort')).toBe('descending');
  });

  it('shows the newest log and the most withheld first when asked for', () => {
    expect(pressed({ by: 'urgency', down: false }, 'lastLog')).toEqual({ by: 'lastLog', down: true });
    expect(ordered(rows, { by: 'lastLog', down: true })[0]).toBe(li);
    expect(ordered(rows, { by: 'withheld', down: true })[0]).toBe(li);
  });

  it('narrows by a flag with its count, and counts the backlog on its own', async () => {
    const { open } = stage();
    const root = await open('#/contacts');
    const chip = [...root.querySelectorAll('.chip')].find((each) => each.textContent === 'Backlog 1');
    await click(chip);
    expect(chip?.getAttribute('aria-pressed')).toBe('true');
    expect(names(root)).toEqual(['Aoife Byrne']);
    expect(root.querySelector('[role=status]')?.textContent).toBe('1 person');
  });

  it('finds words in any order, without accents or case, in name and account', () => {
    const fits = matching(rows.map(hayOf), 'ALARCON jose');
    expect(rows.filter((_, index) => fits(index))).toEqual([jose]);
  });

  it('finds whom the people search finds as well: a slip is no reason to find nobody', async () => {
    const findContacts = vi.fn(async () => ['dana-reyes']);
    const { open } = stage({ findContacts });
    const root = await open('#/contacts?find=Dnaa');
    expect(names(root)).toEqual(['Dana Reyes']);
    expect(findContacts).toHaveBeenCalledWith({ words: 'Dnaa' });
  });

  it('teaches what to do when nobody fits, and clears the filter', async () => {
    const { open } = stage();
    const root = await open('#/contacts?find=nobody');
    expect(root.textContent).toContain('Nobody fits.');
    await click(buttonNamed(root, 'Show everybody'));
    expect(names(root)).toHaveLength(4);
  });

  it('draws ten thousand people a page at a time', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => row(`Person ${index}`, 'told', null));
    const { open } = stage({
      contacts: vi.fn(async () => ({ rows: many, counts: countsOf(many), connection: 'connected' })),
    });
    const root = await open('#/contacts');
    expect(names(root)).toHaveLength(200);
    await click(buttonNamed(root, 'Show 200 more'));
    expect(names(root)).toHaveLength(400);
  });
});

describe('The dashboard', () => {
  it('teaches the next step where there is nothing yet', async () => {
    const empty = { rows: [], counts: countsOf([]), connection: 'none' };
    const { open } = stage({ contacts: vi.fn(async () => empty) });
    expect((await open('#/contacts')).querySelector('.empty')?.textContent).toContain('press Alt+Shift+L');
    expect((await open('#/today')).querySelector('.empty')?.textContent).toContain('Nothing logged yet today.');
    expect((await open('#/held')).querySelector('.empty')?.textContent).toContain('waits here until they are');
  });

  it('says what to do when nobody answers, and tries again', async () => {
    const contacts = vi
      .fn()
      .mockRejectedValueOnce(new Error('no answer'))
      .mockResolvedValue({ rows, counts: countsOf(rows), connection: 'connected' });
    const { open } = stage({ contacts });
    const root = await open('#/contacts');
    expect(root.querySelector('[role=alert]')?.textContent).toContain('Candor did not answer.');
    await click(buttonNamed(root, 'Try again'));
    expect(names(root)).toHaveLength(4);
  });

  it('asks again when something changed', async () => {
    const { on, open, poke } = stage();
    await open('#/contacts');
    const before = on.contacts?.mock.calls.length ?? 0;
    await act(async () => poke.changed());
    await pass(0);
    expect(on.contacts?.mock.calls.length).toBe(before + 1);
  });

  it('joins changes that come in a burst into one further question', async () => {
    let answer: () => void = () => undefined;
    const contacts = vi.fn(
      () =>
        new Promise((resolve) => {
          answer = () => resolve({ rows, counts: countsOf(rows), connection: 'connected' });
        }),
    );
    const { open, poke } = stage({ contacts });
    await open('#/contacts');
    await act(async () => {
      for (let each = 0; each < 50; each += 1) poke.changed();
    });
    await act(async () => answer());
    await pass(0);
    expect(contacts).toHaveBeenCalledTimes(2);
  });

  it('offers to tell exactly the person a held log waits for, also where two have the name', async () => {
    const held = vi.fn(async () => [logOf({ people: [{ id: li.id, name: 'Li Wei', state: 'withheld' }] })]);
    const one = stage({ held });
    const root = await one.open('#/held');
    await click(buttonNamed(root, 'Tell Li Wei …'));
    expect(dialogIn(root).textContent).toContain('Tell Li Wei');

    const twins = [li, { ...li, id: 'li-2' }];
    const two = stage({
      held,
      contacts: vi.fn(async () => ({ rows: twins, counts: countsOf(twins), connection: 'connected' })),
    });
    const other = await two.open('#/held');
    expect(
      [...other.querySelectorAll('.log button')].filter((each) => each.textContent?.includes('Li Wei')),
    ).toHaveLength(1);
  });

  it('tries a refused log again and shows why it may not', async () => {
    const retry = vi.fn(async () => ({ is: 'refused', why: sentence('Sign in first.') }));
    const log = logOf({ activity: 'a-7', progress: 'needs_you', canRetry: true });
    const { open } = stage({ retry, held: vi.fn(async () => [log]) });
    const root = await open('#/held');
    await click(buttonNamed(root, 'Try again'));
    expect(retry).toHaveBeenCalledExactlyOnceWith({ activity: 'a-7' });
    expect(toastIn(root)).toBe('Sign in first.');
  });

  it('shows facts newest first and strikes those that were taken back', async () => {
    const { open } = stage();
    const root = await open('#/contacts/li-wei');
    const facts = [...root.querySelectorAll('.fact')];
    expect(facts.map((each) => each.querySelector('code')?.textContent)).toEqual([
      '‹hash slip›',
      '‹hash told›',
      '‹hash old›',
    ]);
    expect(facts[0]?.querySelector('s')).not.toBeNull();
    expect(facts[1]?.querySelector('s')).toBeNull();
  });

  it('keeps every address, and leads an unknown one to Today', () => {
    for (const hash of ['#/today', '#/contacts', '#/held', '#/evidence', '#/contacts/crm%3Aa%3A003'])
      expect(hashOf(placeOf(hash))).toBe(hash);
    expect(placeOf('#/nowhere')).toEqual({ view: 'today' });
    expect(placeOf('')).toEqual({ view: 'today' });
  });
});

describe('Verify', () => {
  it('shows the verdict with its counts, its findings and the refused messages', async () => {
    const verify = vi.fn(async () => ({
      verdict: 'damaged',
      streams: 5,
      facts: 1284,
      erased: 3,
      findings: [sentence('Fact 12 was changed.')],
      root: 'ab12',
      checkedAt: NOW,
      refusedMessages: 7,
    }));
    const { open, copy } = stage({ verify });
    const root = await open('#/evidence');
    expect(verify).not.toHaveBeenCalled();
    await click(buttonNamed(root, 'Verify the ledger'));
    expect(root.querySelector('h1')?.textContent).toBe('The ledger is damaged.');
    expect([...root.querySelectorAll('dd')].map((each) => each.textContent)).toEqual(['1,284', '5', '3', '7']);
    expect(root.textContent).toContain('Fact 12 was changed.');
    await click(buttonNamed(root, 'Copy'));
    expect(copy).toHaveBeenCalledExactlyOnceWith('ab12');
  });

  it('can be cancelled, and then ignores the late answer', async () => {
    let answer: (view: unknown) => void = () => undefined;
    const { open } = stage({ verify: vi.fn(() => new Promise((resolve) => (answer = resolve))) });
    const root = await open('#/evidence');
    await click(buttonNamed(root, 'Verify the ledger'));
    expect(root.querySelector('progress')).not.toBeNull();
    await click(buttonNamed(root, 'Cancel'));
    await act(async () => answer({ verdict: 'intact' }));
    expect(buttonNamed(root, 'Verify the ledger')).toBeDefined();
  });
});

describe('Every word of the dashboard comes from _locales', () => {
  const marked = (each: ContactRow, pending: boolean): ContactRow => ({
    ...each,
    name: `‹${each.name}›`,
    account: '‹Halden›',
    company: '‹Other›',
    title: '‹Head›',
    idTail: '‹x4Q›',
    status: { ...each.status, targetDue: '2026-03-24', day: { n: 3, m: 30 }, pending },
  });
  const people = rows.map((each, index) => marked(each, index % 2 === 0));
  const logs = (['saved', 'queued', 'sending', 'in_crm', 'needs_you'] as const).map((progress, index) =>
    logOf({
      activity: `a-${index}`,
      progress,
      title: index === 1 ? '' : '‹Meeting›',
      account: '‹Halden›',
      kind: (['meeting', 'call', 'email', 'visit', 'note'] as const)[index] ?? 'note',
      people: [
        { id: 'c-li', name: '‹Li Wei›', state: 'withheld' },
        { id: 'c-dana', name: '‹Dana Reyes›', state: 'in_crm' },
        { id: 'c-jose', name: '‹José Núñez›', state: 'waiting' },
      ],
      reasons: [sentence('‹because›')],
      hasPrivate: true,
      canRetry: true,
      may: { open: 'edit', remove: 'take_back', keepPrivate: true, crm: '‹CRM›' },
      url: 'https://example.test/',
    }),
  );
  const draft = { ...notice, to: '‹li@example.test›', subject: '‹Subject›', body: '‹Body›', textHash: '‹4be1›' };
  const all = (say: Say, over: Answers = {}) =>
    stage(
      {
        today: vi.fn(async () => ({ logs, waiting: 2, needsYou: 1, connection: 'sign_in_needed', offline: false })),
        contacts: vi.fn(async () => ({ rows: people, counts: countsOf(people), connection: 'connected' })),
        held: vi.fn(async () => logs),
        timeline: vi.fn(async () => timeline({ person: people[2] ?? li, logs })),
        prepareNotice: vi.fn(async () => draft),
        verify: vi.fn(async () => ({
          verdict: 'intact',
          streams: 5,
          facts: 9,
          erased: 1,
          findings: [sentence('‹found›')],
          root: '‹root›',
          checkedAt: NOW,
          refusedMessages: 0,
        })),
        ...over,
      },
      { say, shortcut: '‹keys›' },
    );
  const clean = (root: HTMLElement): void => {
    expect(outsideWords(root)).toEqual([]);
    expect(root.textContent).not.toMatch(MISSING);
  };

  it.each([
    '#/today',
    '#/contacts',
    '#/contacts?find=zzz',
    '#/contacts/li',
    '#/tell/li-wei/aoife-byrne',
    '#/held',
    '#/evidence',
  ])('%s', async (hash) => {
    clean(await all(pseudo).open(hash));
  });

  const LISTS = ['#/today', '#/contacts', '#/contacts/li', '#/held'];
  it.each(LISTS)('%s also where there is nothing, where nobody answers, and in German', async (hash) => {
    const nothing: Answers = {
      today: vi.fn(async () => ({ logs: [], waiting: 0, needsYou: 0, connection: 'none', offline: true })),
      contacts: vi.fn(async () => ({ rows: [], counts: countsOf([]), connection: 'none' })),
      held: vi.fn(async () => []),
      timeline: vi.fn(async () => null),
    };
    const silent = Object.fromEntries(
      ['today', 'contacts', 'held', 'timeline'].map((message) => [
        message,
        vi.fn(async () => Promise.reject(new Error('no answer'))),
      ]),
    );
    clean(await all(pseudo, nothing).open(hash));
    clean(await all(pseudo, silent).open(hash));
    expect((await all(sayIn('de')).open(hash)).textContent).not.toMatch(MISSING);
  });

  it.each(ROUTES)('telling by %s, before and after the attempt, and in the toast', async (route) => {
    const root = await all(pseudo).open('#/contacts/li');
    await click(root.querySelector('.person .actions .button'));
    const dialog = dialogIn(root);
    await click(dialog.querySelector(`input[value=${route}]`));
    clean(root);
    await click(dialog.querySelector('.actions .primary'));
    clean(root);
    await click(dialogIn(root).querySelector('.pendingbox .primary'));
    expect(toastIn(root)).not.toBe('');
    clean(root);
  });

  it('in the dialog of an objection', async () => {
    const root = await all(pseudo).open('#/contacts/li');
    await click(root.querySelectorAll('.person .actions .button')[1]);
    clean(root);
  });

  it('in the report of Verify', async () => {
    const root = await all(pseudo).open('#/evidence');
    await click(root.querySelector('.primary'));
    expect(root.querySelector('.report')).not.toBeNull();
    clean(root);
  });
});
