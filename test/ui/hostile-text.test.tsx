// @vitest-environment happy-dom
/**
 * Hostile names and notes on every screen: each is drawn with a harmless text and with a hostile one. The hostile one
 * adds no element and no attribute, stands there letter by letter, and turns nothing around that is not its own.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ContactsView, FollowUp, Message, TimelineView } from '../../src/contract.ts';
import { Dashboard } from '../../src/dashboard/dashboard.tsx';
import { Options } from '../../src/options/options.tsx';
import { Today } from '../../src/popup/today.tsx';
import { Logger } from '../../src/ui/quick-log/logger.tsx';
import { HOSTILE, hostile } from '../support/hostile.ts';
import { answering, dashboardHands, NOW, optionsHands, policy } from './hands.ts';
import {
  background,
  click,
  draw,
  formOf,
  lineOf,
  logOf,
  pass,
  person,
  press,
  previewOf,
  sayIn,
  sentence,
  type,
} from './stage.tsx';

const say = sayIn('en');

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  expect((globalThis as { candorWasHere?: unknown }).candorWasHere).toBeUndefined();
});

const someone = (text: string, id: string) => ({
  ...person('Somebody', 'not_told', 12),
  id,
  name: text,
  title: text,
  company: text,
  idTail: id,
});
const logWith = (text: string) =>
  logOf({
    title: text,
    account: text,
    people: [{ id: 'p', name: text, state: 'withheld' }],
    sentence: sentence(text),
    reasons: [sentence(text)],
    progress: 'needs_you',
  });

const followUp = (text: string): FollowUp => ({
  activity: 'a',
  step: 0,
  text,
  people: [text],
  account: text,
  due: '2026-03-13',
  overdue: false,
  done: false,
});
const nothing = () => () => undefined;
const dashboard = (text: string, hash: string): Promise<HTMLElement> => {
  const one = { ...someone(text, 'a1'), account: text, lastLog: null, withheld: 1 };
  const counts = { objected: 0, overdue: 0, backlog: 0, due: 0, not_told: 1, told: 0 } as ContactsView['counts'];
  const timeline: TimelineView = {
    person: one,
    deadline: [sentence(text)],
    entries: [
      {
        id: 'f',
        type: 'contact.obtained',
        occurredAt: NOW,
        recordedAt: NOW,
        precision: 'minute',
        sentence: sentence(text),
        details: [sentence(text)],
        hash: 'ab12',
        voided: false,
      },
    ],
    crossed: [{ at: NOW, sentence: sentence(text) }],
    logs: [logWith(text)],
    pendingAttempt: null,
  };
  const answers: Partial<Record<Message, unknown>> = {
    today: {
      logs: [logWith(text)],
      waiting: 1,
      needsYou: 1,
      connection: 'connected',
      offline: false,
      followUps: [followUp(text)],
    },
    contacts: { rows: [one], counts, connection: 'connected' },
    held: [logWith(text)],
    timeline,
  };
  location.hash = hash;
  return draw(<Dashboard hands={dashboardHands(answering(answers), { shortcut: text })} />);
};

const options = (text: string): Promise<HTMLElement> => {
  const answers: Partial<Record<Message, unknown>> = {
    settings: {
      controller: { name: text, privacyContact: text, zone: 'Europe/Zurich' },
      zoneAssumed: true,
      worksAlone: false,
    },
    connections: [
      {
        id: 'acme:halden',
        crm: { id: 'acme', name: 'Acme' },
        tenant: text,
        state: 'connected',
        user: text,
        organisation: text,
        missing: [],
        attendeeLinks: true,
        pausedUntil: null,
        waiting: 0,
        redirectUri: 'https://id.example.com/',
        clientId: 'client',
        auth: 'oauth',
        places: null,
        own: [
          { name: 'Own__c', label: text, of: ['meeting'], holds: 'text', choices: [], lenient: false, value: null },
          { name: 'Ref__c', label: text, of: ['meeting'], holds: 'other', choices: [], lenient: false, value: null },
        ],
      },
    ],
    directories: [],
    policy,
  };
  return draw(<Options hands={optionsHands(answering(answers))} />);
};

const form = (text: string) =>
  formOf({
    record: { type: 'contact', name: text, account: text },
    crm: { id: 'acme', name: text },
    pageContact: someone(text, 'a1'),
    people: [someone(text, 'a1'), someone(text, 'b2')],
    account: { name: text, told: 1, untold: 1 },
  });
const logger = async (text: string, doing: 'offered' | 'chosen' | 'saved'): Promise<HTMLElement> => {
  const given = background(form(text));
  given.on.preview.mockResolvedValue(
    previewOf({
      people: [
        {
          person: someone(text, 'a1'),
          span: doing === 'chosen' ? [4, 9] : null,
          isNew: false,
          alternatives: doing === 'chosen' ? [someone(text, 'a1'), someone(text, 'b2')] : [],
          leaves: 'when_told',
        },
      ],
      leaves: [sentence(text)],
      withheld: [sentence(text)],
      stays: [sentence(text)],
      refusal: sentence(text),
    }),
  );
  given.on.commit.mockResolvedValue({ is: 'saved', log: logWith(text), boundElsewhere: sentence(text) });
  const root = await draw(
    <Logger
      ask={given.ask}
      say={say}
      language="en"
      surface="panel"
      armed={() => true}
      onChanged={nothing}
      onClose={() => undefined}
    />,
  );
  await type(root, doing === 'offered' ? 'met @' : 'met @them, words');
  await pass(1_000);
  if (doing === 'chosen') await click(root.querySelector('.chip[aria-expanded]'));
  if (doing === 'saved') {
    root.querySelector('form')?.requestSubmit();
    await pass(500);
  }
  return root;
};

const popup = (text: string): Promise<HTMLElement> =>
  draw(
    <Today
      today={{
        logs: [logWith(text)],
        waiting: 1,
        needsYou: 1,
        connection: 'connected',
        offline: false,
        now: NOW,
        followUps: [followUp(text)],
      }}
      week={sentence(text)}
      say={say}
      language="en"
      onOptions={() => undefined}
      onDashboard={() => undefined}
      onMark={() => undefined}
      onOpen={() => undefined}
      onRemove={() => undefined}
      onKeepPrivate={() => undefined}
      onRetry={() => undefined}
      told={{ words: 'Done.', onUndo: null }}
    />,
  );

const SCREENS: Readonly<Record<string, (text: string) => Promise<HTMLElement>>> = {
  'the form, names offered': (text) => logger(text, 'offered'),
  'the form, several fit': (text) => logger(text, 'chosen'),
  'the form, saved': (text) => logger(text, 'saved'),
  'the popup': popup,
  today: (text) => dashboard(text, '#/today'),
  contacts: (text) => dashboard(text, '#/contacts'),
  'one contact': (text) => dashboard(text, '#/contacts/a1'),
  'several to tell': (text) => dashboard(text, '#/tell/a1'),
  'what is held': (text) => dashboard(text, '#/held'),
  'the options': options,
};

/** Elements and the names of their attributes, without any text. */
const shape = (element: Element): string =>
  `<${[element.localName, ...[...element.attributes].map(({ name }) => name).sort()].join(' ')}>${[...element.children].map(shape).join('')}</>`;

/** Texts on the screen that hold a turning control, or letters that run the other way, outside an isolate. */
const turning = (root: Element): string[] => {
  const found: string[] = [];
  const visit = (node: Node, isolate: boolean): void => {
    if (node.nodeType === 3) {
      const text = node.textContent ?? '';
      if (!isolate && /[\u0590-\u08ff\u202a-\u202e\u2067]/u.test(text.replace(/\u2068[^\u2069]*\u2069/gu, '')))
        found.push(text);
      return;
    }
    const { localName } = node as Element;
    for (const child of node.childNodes) visit(child, isolate || localName === 'bdi' || localName === 'textarea');
  };
  visit(root, false);
  return found;
};

describe.each(Object.entries(SCREENS))('on %s', (_screen, open) => {
  it('every kind of hostile text is text: no element more, no attribute more, nothing turned', async () => {
    const plain = shape(await open('Plain Name'));
    expect((await open('Plain Name')).textContent).toContain('Plain Name');
    for (const [kind, text] of Object.entries(HOSTILE)) {
      const root = await open(text);
      expect(shape(root), kind).toBe(plain);
      expect(root.textContent, kind).toContain(text);
      expect(turning(root), kind).toEqual([]);
    }
  });
});

it('whatever somebody is called: the list of contacts has the same shape, and says it', async () => {
  const plain = shape(await dashboard('Plain Name', '#/contacts'));
  await fc.assert(
    fc.asyncProperty(hostile, async (text) => {
      fc.pre(text.trim() !== '');
      const root = await dashboard(text, '#/contacts');
      expect(shape(root)).toBe(plain);
      expect(root.textContent).toContain(text);
      expect(turning(root)).toEqual([]);
    }),
    { numRuns: 60 },
  );
}, 60_000);

it('two people who look the same are told apart, in the list and where one of them is picked', async () => {
  for (const open of [SCREENS['the form, names offered'], SCREENS['the form, several fit']]) {
    const root = await (open as (text: string) => Promise<HTMLElement>)(HOSTILE.lookalike as string);
    const choices = [...root.querySelectorAll('[role=option], .log-list button')].map((one) => one.textContent);
    expect(choices.length).toBeGreaterThan(1);
    expect(new Set(choices).size).toBe(choices.length);
  }
});

it('ten megabytes in the line are refused by name, asked about by nobody, and stay where they were put', async () => {
  const given = background(formOf());
  const root = await draw(
    <Logger
      ask={given.ask}
      say={say}
      language="en"
      surface="popup"
      armed={() => true}
      onChanged={nothing}
      onClose={() => undefined}
    />,
  );
  const flood = 'met @dana and more '.repeat(600_000);
  const began = performance.now();
  await type(root, flood);
  await pass(1_000);
  await press(lineOf(root), 'Enter');
  expect(performance.now() - began).toBeLessThan(5_000);
  for (const message of ['preview', 'saveDraft', 'commit'] as const) expect(given.on[message]).not.toHaveBeenCalled();
  expect(root.querySelector('[role=alert]')?.textContent).toBe(
    `Not saved: the line has ${flood.length.toLocaleString('en')} letters, and 100,000 are the most. Your text stays here: make it shorter.`,
  );
  expect(lineOf(root).value).toBe(flood);
});
