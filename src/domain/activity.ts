/**
 * What a line becomes: an activity with public words, private words, and the people in it.
 */

/** The kinds a line can start with (product.md, "The one line"). */
export const KINDS = ['meeting', 'call', 'email', 'visit', 'note'] as const;
export type Kind = (typeof KINDS)[number];

/** How a notice reached the person. `spoken` covers "told" without a route. */
export const ROUTES = ['spoken', 'mail', 'letter', 'card', 'link'] as const;
export type Route = (typeof ROUTES)[number];

declare const privately: unique symbol;
/**
 * Text that never leaves the device. It is an object, not a string, so that it cannot be
 * concatenated into a message or handed to the wire serialiser, which takes named public fields only.
 */
export interface PrivateText {
  readonly [privately]: true;
  readonly kept: string;
}
export const privateText = (kept: string): PrivateText => ({ kept }) as PrivateText;

/** A next step: its words, and its due date (`YYYY-MM-DD`) where one was understood. */
export interface NextStep {
  readonly text: string;
  readonly due: string | null;
}

/** The words of an activity that may leave once the gate allows it. */
export interface PublicWords {
  readonly subject: string | null;
  readonly note: string;
  readonly nextSteps: readonly NextStep[];
  /** What was promised to the client. */
  readonly promises: readonly string[];
  /** What the client said matters to them. */
  readonly matters: readonly string[];
}

/** When it happened: instants in UTC (ISO 8601 with `Z`) and the person's IANA zone. */
export interface When {
  readonly start: string;
  readonly end: string;
  readonly zone: string;
}

/**
 * An activity as the ledger knows it. `attendees` are contact keys in the order they were named;
 * `account` is the CRM's id of the account, `connection` null when no CRM is connected yet.
 */
export interface Activity {
  readonly id: string;
  readonly kind: Kind;
  readonly when: When;
  readonly connection: string | null;
  readonly user: string | null;
  readonly account: string | null;
  readonly attendees: readonly string[];
  readonly words: PublicWords;
  readonly retracted: boolean;
  /** What corrections changed, by their number: plans bring what already crossed up to date. */
  readonly amended?: Amended;
}

/** The number of the last correction that changed the record, and of the one that changed each next step. */
export interface Amended {
  readonly record: number;
  readonly tasks: Readonly<Record<number, number>>;
}

/** The key of a contact's chain: random, pseudonymous, never derived from the person. */
export type ContactKey = string;
