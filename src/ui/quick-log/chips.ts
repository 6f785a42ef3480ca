/** What the line was understood as, one chip per part, each with the place in the line it came from. */
import type { FormView, Person, Preview, PreviewPerson } from '../../contract.ts';
import type { Kind, Route } from '../../domain/activity.ts';
import type { LineDraft, Mention, Span, Token, TokenKind } from '../../domain/quick-log/draft.ts';
import { fits } from './completion.ts';

interface Part {
  /** Null where nothing was typed: a default, or the page's own contact. */
  readonly span: Span | null;
}
export type Chip = Part &
  (
    | { readonly is: 'kind'; readonly kind: Kind }
    | { readonly is: 'when'; readonly start: string; readonly end: string }
    | { readonly is: 'duration'; readonly minutes: number }
    | {
        readonly is: 'person';
        readonly words: string;
        /** Null until the background answered for a name that is not at hand. */
        readonly person: Person | null;
        readonly isNew: boolean;
        readonly alternatives: readonly Person[];
      }
    | { readonly is: 'subject'; readonly text: string }
    | { readonly is: 'next'; readonly text: string; readonly due: string | null }
    | { readonly is: 'promise' | 'matter'; readonly text: string }
    | { readonly is: 'told'; readonly route: Route }
    | { readonly is: 'private' }
    | { readonly is: 'privateKept' }
  );

export type PersonChip = Extract<Chip, { is: 'person' }>;

/** A preview with the text it answers for, since the line moves on while it is asked. */
export interface PreviewOf {
  readonly text: string;
  readonly preview: Preview;
}

const trimmed = (text: string, start: number, end: number): Span => {
  const words = text.slice(start, end);
  return { start: start + words.length - words.trimStart().length, end: start + words.trimEnd().length };
};

/** From the first to the last token of a kind. */
const spanOf = (text: string, tokens: readonly Token[], kind: TokenKind): Span | null => {
  const of = tokens.filter((token) => token.kind === kind);
  const first = of[0];
  const last = of.at(-1);
  return first && last ? trimmed(text, first.start, last.end) : null;
};

/** Each next step with the due date typed after it. */
const nextSpans = (text: string, tokens: readonly Token[]): Span[] => {
  const spans: Span[] = [];
  for (const token of tokens) {
    const last = spans.at(-1);
    if (token.kind === 'next') spans.push(token);
    else if (token.kind === 'due' && last) spans[spans.length - 1] = { start: last.start, end: token.end };
  }
  return spans.map((span) => trimmed(text, span.start, span.end));
};

/** What follows `!` or `*`, in the order it was typed. A sign without words is none. */
const said = (text: string, tokens: readonly Token[], kind: 'promise' | 'matter'): Span[] =>
  tokens
    .filter((token) => token.kind === kind)
    .map(({ start, end }) => trimmed(text, start, end))
    .filter(({ start, end }) => /[^\s,;]/u.test(text.slice(start + 1, end)));

const answeredFor = (mention: Mention, text: string, asked: PreviewOf | null): PreviewPerson | undefined => {
  const typed = text.slice(mention.span.start, mention.span.end);
  return asked?.preview.people.find(({ span }) => span !== null && asked.text.slice(span[0], span[1]) === typed);
};

const people = (draft: LineDraft, text: string, form: FormView, asked: PreviewOf | null): PersonChip[] => {
  const named = draft.mentions.map((mention): PersonChip => {
    const answer = answeredFor(mention, text, asked);
    return {
      is: 'person',
      words: mention.words,
      span: mention.span,
      person: answer?.person ?? form.people.find((person) => fits(mention.words, person)) ?? null,
      isNew: answer?.isNew ?? false,
      alternatives: answer?.alternatives ?? [],
    };
  });
  const page = form.pageContact;
  const joins = page && (draft.mentions.length === 0 || !draft.mentionsAreAll);
  if (!joins || named.some((chip) => chip.person?.id === page.id)) return named;
  const current = asked?.preview.people.find(({ person }) => person.id === page.id)?.person ?? page;
  return [{ is: 'person', words: page.name, span: null, person: current, isNew: false, alternatives: [] }, ...named];
};

export const chipsOf = (draft: LineDraft, text: string, form: FormView, asked: PreviewOf | null): Chip[] => {
  const { tokens } = draft;
  const duration = spanOf(text, tokens, 'duration');
  const lasts = draft.kind !== 'email' && draft.kind !== 'note';
  const spans = nextSpans(text, tokens);
  const chips: Chip[] = [
    { is: 'kind', kind: draft.kind, span: spanOf(text, tokens, 'verb') },
    { is: 'when', start: draft.when.start, end: draft.when.end, span: spanOf(text, tokens, 'when') },
  ];
  if (duration || lasts) chips.push({ is: 'duration', minutes: draft.minutes, span: duration });
  chips.push(...people(draft, text, form, asked));
  if (draft.subject) chips.push({ is: 'subject', text: draft.subject, span: spanOf(text, tokens, 'subject') });
  draft.nextSteps.forEach(({ text: words, due }, index) => {
    chips.push({ is: 'next', text: words, due, span: spans[index] ?? null });
  });
  for (const [is, all] of [
    ['promise', draft.promises],
    ['matter', draft.matters],
  ] as const) {
    const of = said(text, tokens, is);
    all.forEach((words, index) => {
      chips.push({ is, text: words, span: of[index] ?? null });
    });
  }
  if (draft.told) chips.push({ is: 'told', route: draft.told.route, span: spanOf(text, tokens, 'told') });
  if (draft.private) chips.push({ is: 'private', span: spanOf(text, tokens, 'private') });
  if (form.privateKept) chips.push({ is: 'privateKept', span: null });
  return chips;
};
