/**
 * The only wire: ask, serve, announce. Types cross contexts, code does not. The runtime is handed in,
 * so that the content script can pass the browser's own and leave the polyfill out of somebody's page.
 */
import type { Announcements, Answer, Ask, Message, TabOrders } from './contract.ts';

/** What a message looks like on the wire. `candor` marks ours. */
export interface Envelope {
  readonly candor: 1;
  readonly ask: string;
  readonly with: unknown;
}
export type Reply = { readonly ok: unknown } | { readonly error: string };

export interface SendingRuntime {
  sendMessage(message: unknown): Promise<unknown>;
}

export type AskFunction = <M extends Message>(
  message: M,
  ...ask: Ask<M> extends undefined ? [] : [Ask<M>]
) => Promise<Answer<M>>;

/** Asks the background. Rejects with the background's sentence, or when nobody answers. */
export const asker =
  (runtime: SendingRuntime): AskFunction =>
  async (message, ...[ask]) => {
    const envelope: Envelope = { candor: 1, ask: message, with: ask ?? null };
    const reply = (await runtime.sendMessage(envelope)) as Reply | undefined;
    if (!reply) throw new Error('no answer');
    if ('error' in reply) throw new Error(reply.error);
    return reply.ok as never;
  };

type Name = keyof Announcements | keyof TabOrders;

/** An announcement on the wire: background to surfaces, or to one tab's content script. */
export interface Announcement<N extends Name = Name> {
  readonly candor: 1;
  readonly announce: N;
  readonly with: (Announcements & TabOrders)[N];
}

/** Calls back for each announcement of this name; returns the way to stop. */
export const heard = <N extends Name>(
  onMessage: {
    addListener(listener: (message: unknown) => void): void;
    removeListener(listener: (message: unknown) => void): void;
  },
  name: N,
  then: (payload: (Announcements & TabOrders)[N]) => void,
): (() => void) => {
  const listener = (message: unknown): void => {
    const said = message as Partial<Announcement<N>> | null;
    if (said?.candor === 1 && said.announce === name) then(said.with as never);
  };
  onMessage.addListener(listener);
  return () => onMessage.removeListener(listener);
};
