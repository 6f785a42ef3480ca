/** What the grammar understands of a line. Pure data; nothing typed is ever lost. */
import type { Kind, NextStep, PrivateText, Route, When } from '../activity.ts';

/** Half-open range of UTF-16 code units in the original text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TokenKind =
  | 'verb'
  | 'mention'
  | 'joiner'
  | 'duration'
  | 'when'
  | 'subject'
  | 'next'
  | 'due'
  | 'promise'
  | 'matter'
  | 'told'
  | 'private'
  | 'text';

export interface Token extends Span {
  readonly kind: TokenKind;
}

export interface Mention {
  readonly span: Span;
  /** The words after `@`, as typed: "dana", "li wei". */
  readonly words: string;
}

export interface LineContext {
  /** The moment the form was opened, ISO 8601 UTC. */
  readonly now: string;
  /** IANA zone of the person. */
  readonly zone: string;
  /** Full names in scope, best first: they decide how far a mention of several words reaches. */
  readonly names: readonly string[];
  /** The person's language as a tag ("de", "fr-CH"): its words count first, English ones always. English if left out. */
  readonly language?: string;
}

export interface LineDraft {
  readonly kind: Kind;
  readonly when: When;
  /** Whether day, time or duration were typed, or are the default *ended just now*. */
  readonly whenTyped: boolean;
  readonly minutes: number;
  readonly mentions: readonly Mention[];
  /** Names right after the verb are the whole list; a name later in the line joins the page's contact. */
  readonly mentionsAreAll: boolean;
  readonly subject: string | null;
  readonly note: string;
  readonly nextSteps: readonly NextStep[];
  /** `!…`: what was promised to the client. */
  readonly promises: readonly string[];
  /** `*…`: what the client said matters to them. */
  readonly matters: readonly string[];
  readonly told: { readonly route: Route } | null;
  readonly private: PrivateText | null;
  /** In order, without gaps or overlaps: joined they are the text again. */
  readonly tokens: readonly Token[];
}
