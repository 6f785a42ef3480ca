/** What a handler is, and who is asking. */
import type { Answer, Ask, Caller, Contract, Message } from '../../contract.ts';
import type { House } from '../house.ts';

export interface Asker {
  readonly caller: Caller;
  /** The tab the question comes from; its address as the browser knows it, never as the message says. */
  readonly tab: { readonly id: number; readonly url: string | null } | null;
}

export type Handler<M extends Message> = (house: House, ask: Ask<M>, asker: Asker) => Answer<M> | Promise<Answer<M>>;

/** One function per entry of the contract: a missing one does not compile. */
export type Handlers = { readonly [M in keyof Contract]: Handler<M> };

export const refused = (key: string, ...args: readonly (string | number)[]) =>
  ({ is: 'refused', why: { key, args } }) as const;
export const done = { is: 'done' } as const;
