/**
 * The door. Who asks is read from what the browser says of the sender, never from the message; a message that its
 * sender may not send is refused and counted.
 */
import * as v from 'valibot';
import { type Caller, MAY_ASK, type Message } from '../contract.ts';
import type { Envelope, Reply } from '../messenger.ts';
import { ASKS } from './asks.ts';
import type { Asker, Handlers } from './handlers/handler.ts';
import type { House } from './house.ts';
import { StorageRefused } from './store/store.ts';

/** As much of the browser's sender as the door looks at. */
export interface Sender {
  readonly id?: string | undefined;
  readonly url?: string | undefined;
  readonly frameId?: number | undefined;
  readonly tab?: { readonly id?: number | undefined; readonly url?: string | undefined } | undefined;
}

export const PANEL = '/src/panel/index.html';
const OWN = ['/src/popup/index.html', '/src/popup/side.html', '/src/dashboard/index.html', '/src/options/index.html'];

/**
 * Three kinds of caller. The panel's path is a guest wherever it is shown: a page that learned its address could open
 * it with `window.open`, and it would then present frame 0 and our own origin. The toolbar popup presents neither tab
 * nor frame. An own path inside a frame is nobody: no page can embed it, so something is wrong.
 */
export const callerOf = (sender: Sender, self: { readonly id: string; readonly origin: string }): Caller | null => {
  if (sender.id !== self.id || !sender.url) return null;
  const url = new URL(sender.url);
  // Not `url.origin`: outside the browser an extension's address has an opaque one.
  if (`${url.protocol}//${url.host}` !== self.origin) return sender.tab && sender.frameId === 0 ? 'page' : null;
  if (url.pathname === PANEL) return 'guest';
  return OWN.includes(url.pathname) && (sender.frameId ?? 0) === 0 ? 'own' : null;
};

const isEnvelope = (message: unknown): message is Envelope =>
  typeof message === 'object' && message !== null && (message as { candor?: unknown }).candor === 1 && 'ask' in message;

export interface Router {
  /** The reply; undefined for what is not a question to us. */
  answer(message: unknown, sender: Sender): Promise<Reply> | undefined;
}

export const router = (
  handlers: Handlers,
  open: () => House,
  self: { readonly id: string; readonly origin: string },
  refusedOne: (message: string, caller: Caller | null) => void,
): Router => {
  const answer = async (envelope: Envelope, sender: Sender): Promise<Reply> => {
    const caller = callerOf(sender, self);
    const name = envelope.ask as Message;
    if (!Object.hasOwn(MAY_ASK, name)) return { error: 'unknown message' };
    if (!caller || !MAY_ASK[name].includes(caller)) {
      refusedOne(name, caller);
      return { error: 'refused' };
    }
    const ask = v.safeParse(ASKS[name], envelope.with);
    if (!ask.success) return { error: `malformed ${name}` };
    const tab = sender.tab?.id === undefined ? null : { id: sender.tab.id, url: sender.tab.url ?? null };
    const asker: Asker = { caller, tab };
    try {
      const handler = handlers[name] as (house: House, ask: unknown, asker: Asker) => unknown;
      return { ok: (await handler(open(), ask.output, asker)) ?? null };
    } catch (error) {
      return {
        error:
          error instanceof StorageRefused
            ? `storage:${error.reason}`
            : `failed: ${error instanceof Error ? error.name : 'error'}`,
      };
    }
  };
  return { answer: (message, sender) => (isEnvelope(message) ? answer(message, sender) : undefined) };
};
