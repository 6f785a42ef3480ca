/** What a probe needs of a CRM besides its adapter: people of its own, a witness of what is stored, and a broom. */
import type { About, Delivery, MakeApi, Request, Response, Send } from '../../src/crm/adapter.ts';

/** One activity as the CRM itself shows it. */
export interface Seen {
  readonly subject: string;
  readonly note: string;
  /** ISO, UTC; null where the CRM keeps none for it. */
  readonly start: string | null;
  readonly end: string | null;
  readonly due: string | null;
  readonly people: readonly string[];
}

export interface Stage {
  readonly account: string;
  readonly people: readonly [string, string];
}

/** All requests go through `send`, which reaches one origin and keeps what was made. */
export interface Subject {
  readonly about: About;
  readonly makeApi: MakeApi;
  /** The credential of `--key` alone, or of `--user` with it; null when the CRM refuses the sign-in. */
  signIn(bare: Send, user: string | null, key: string): Promise<Readonly<Record<string, string>> | null>;
  /** Makes one account and two people, named as given. */
  stage(send: Send, label: string): Promise<Stage>;
  seen(send: Send, delivery: Pick<Delivery, 'kind' | 'step'>, id: string): Promise<Seen | null>;
  /** Something a person of the organisation writes into the record. */
  scribble(send: Send, delivery: Pick<Delivery, 'kind' | 'step'>, id: string, words: string): Promise<void>;
  remove(send: Send, delivery: Pick<Delivery, 'kind' | 'step'>, id: string): Promise<boolean>;
  /** What an answer to a request made, as addresses that remove it. */
  made(request: Request, answer: Response): readonly string[];
}

// ---------------------------------------------------------------- reading answers that only the probe reads

export type Row = Readonly<Record<string, unknown>>;

export const rowOf = (answer: string): Row => {
  try {
    return Object(JSON.parse(answer)) as Row;
  } catch {
    return {};
  }
};
export const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? value.map((row) => Object(row)) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
