/** The door: who may ask what, read from what the browser says of the sender. */
import { describe, expect, it } from 'vitest';
import type { Handlers } from '../../src/background/handlers/handler.ts';
import { handlers as real } from '../../src/background/handlers/index.ts';
import type { House } from '../../src/background/house.ts';
import { callerOf, router, type Sender } from '../../src/background/router.ts';
import { StorageRefused } from '../../src/background/store/store.ts';
import { type Caller, MAY_ASK, type Message } from '../../src/contract.ts';

const self = { id: 'candor', origin: 'chrome-extension://candor' };
const crm = 'https://acme.lightning.force.com/lightning/r/Contact/003/view';
const tab = (url: string) => ({ id: 7, url });
const own = (path: string, more: Partial<Sender> = {}): Sender => ({
  id: 'candor',
  url: `${self.origin}${path}`,
  ...more,
});

const SENDERS: readonly (readonly [string, Sender, Caller | null])[] = [
  ['a content script in the top frame', { id: 'candor', url: crm, frameId: 0, tab: tab(crm) }, 'page'],
  ['a content script in a frame of the page', { id: 'candor', url: crm, frameId: 3, tab: tab(crm) }, null],
  ['our panel in a frame of a page', own('/src/panel/index.html', { frameId: 5, tab: tab(crm) }), 'guest'],
  [
    'the panel opened with window.open',
    own('/src/panel/index.html', { frameId: 0, tab: tab(`${self.origin}/src/panel/index.html`) }),
    'guest',
  ],
  [
    'the panel with a query that names the popup',
    own('/src/panel/index.html?/src/popup/index.html', { frameId: 0 }),
    'guest',
  ],
  ['the real popup, which has neither tab nor frame', own('/src/popup/index.html'), 'own'],
  ['the dashboard in a tab', own('/src/dashboard/index.html#/held', { frameId: 0, tab: tab('') }), 'own'],
  ['the options in a tab', own('/src/options/index.html', { frameId: 0, tab: tab('') }), 'own'],
  ['an own page inside a frame', own('/src/popup/index.html', { frameId: 2, tab: tab(crm) }), null],
  ['some other page of the extension', own('/src/else/index.html', { frameId: 0 }), null],
  ['another extension', { id: 'other', url: `${self.origin}/src/popup/index.html`, frameId: 0 }, null],
  ['a sender without an address', { id: 'candor' }, null],
];

const open = (handlers: Handlers, refusedOne: (message: string) => void = () => {}) =>
  router(handlers, () => ({}) as House, self, refusedOne);
const answering = (answer: () => unknown): Handlers =>
  Object.fromEntries(Object.keys(real).map((name) => [name, answer])) as unknown as Handlers;
const question = (ask: string, given: unknown = null) => ({ candor: 1, ask, with: given });

describe('who is asking', () => {
  it.each(SENDERS)('%s', (_, sender, caller) => {
    expect(callerOf(sender, self)).toBe(caller);
  });
});

describe('who may ask what', () => {
  it.each(Object.entries(MAY_ASK))(
    '%s is answered to exactly the callers in the contract',
    async (message, allowed) => {
      for (const [, sender, caller] of SENDERS) {
        let ran = 0;
        const counted: string[] = [];
        const handlers = answering(() => {
          ran += 1;
          return null;
        });
        await open(handlers, (name) => counted.push(name)).answer(question(message), sender);
        const may = caller !== null && allowed.includes(caller);
        // An allowed caller may still be turned away for a malformed question, but is not counted as an intruder.
        expect(counted).toEqual(may ? [] : [message]);
        if (!may) expect(ran).toBe(0);
      }
    },
  );

  it('keeps everything that changes flags, tells, objects, exports or connects away from pages and guests', () => {
    const privileged: readonly Message[] = [
      'attemptNotice',
      'confirmTold',
      'noticeFailed',
      'raiseObjection',
      'voidFact',
      'retry',
      'connect',
      'disconnect',
      'saveSettings',
      'timeline',
      'contacts',
      'verify',
    ];
    for (const message of privileged) expect(MAY_ASK[message]).toEqual(['own']);
  });
});

describe('what is asked', () => {
  const [, , , , , popup] = SENDERS.map(([, sender]) => sender);
  const answer = (message: unknown, handlers = answering(() => 'answered')) =>
    open(handlers).answer(message, popup as Sender);

  it('leaves messages that are not ours alone', () => {
    for (const message of [null, 1, 'openForm', {}, { candor: 2, ask: 'today' }])
      expect(answer(message)).toBeUndefined();
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'nothing'])(
    'does not know the message %s',
    async (name) => {
      expect(await answer(question(name))).toEqual({ error: 'unknown message' });
    },
  );

  it.each([
    ['a missing part', 'commit', { formId: 'f' }],
    ['a wrong type', 'commit', { formId: 1, text: '', armed: true }],
    ['a text beyond the cap', 'saveDraft', { formId: 'f', text: 'x'.repeat(100_001) }],
    ['a route that does not exist', 'prepareNotice', { contact: 'c', route: 'pigeon', language: 'en' }],
    ['a height that is not a number', 'progress', { activity: '' }],
  ])('refuses %s before any handler runs', async (_, message, given) => {
    expect(await answer(question(message, given))).toEqual({ error: `malformed ${message}` });
  });

  it('answers an unexpected failure with its kind and never with what somebody wrote', async () => {
    const failing = answering(() => {
      throw new TypeError('Li Wei may move to a rival');
    });
    expect(await answer(question('today'), failing)).toEqual({ error: 'failed: TypeError' });
  });

  it('says why storage refused', async () => {
    const refusing = answering(() => {
      throw new StorageRefused('cannot_open');
    });
    expect(await answer(question('today'), refusing)).toEqual({ error: 'storage:cannot_open' });
  });
});
