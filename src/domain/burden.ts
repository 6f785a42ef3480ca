/**
 * What a log costs its person, and what the CRM's own form would have cost: the keystroke-level model (Card, Moran and
 * Newell, 1980), whose assumptions are in docs/burden.md. What somebody would say anyway costs the same everywhere and
 * is left out on both sides.
 */

/** What is done beyond writing the note. `fields` are places to decide about: one thought each. */
export interface Steps {
  readonly keys: number;
  readonly clicks: number;
  readonly fields: number;
}

/** A CRM's own form for a meeting, as far as the note does not need it. */
export interface NativeForm {
  /** Opening it, going through it, saving it. */
  readonly whole: Steps;
  /** A day and time other than those it offers. */
  readonly when: Steps;
  /** Each person beside the one of the page. */
  readonly person: Steps;
  /** Each next step, which is a record of its own. */
  readonly nextStep: Steps;
}

/** What of a log makes the CRM's form longer. */
export interface Load {
  readonly whenTyped: boolean;
  readonly people: number;
  readonly nextSteps: number;
}

/** Measured in the form. `beyond`: keys that are no words of the note. */
export interface Effort {
  readonly keys: number;
  readonly beyond: number;
  readonly clicks: number;
  readonly seconds: number;
}

/** Seconds per operator: an average typist's key, pointing, pressing and letting go, the hand's way, a thought. */
export const OPERATORS = { key: 0.28, point: 1.1, press: 0.2, home: 0.4, think: 1.35 } as const;

export const secondsOf = ({ keys, clicks, fields }: Steps): number => {
  const { key, point, press, home, think } = OPERATORS;
  return keys * key + clicks * (point + press + 2 * home) + fields * think;
};

const times = ({ keys, clicks, fields }: Steps, count: number): Steps => ({
  keys: keys * count,
  clicks: clicks * count,
  fields: fields * count,
});

const sum = (parts: readonly Steps[]): Steps => ({
  keys: parts.reduce((all, { keys }) => all + keys, 0),
  clicks: parts.reduce((all, { clicks }) => all + clicks, 0),
  fields: parts.reduce((all, { fields }) => all + fields, 0),
});

export const nativeSteps = (form: NativeForm, { whenTyped, people, nextSteps }: Load): Steps =>
  sum([form.whole, times(form.when, whenTyped ? 1 : 0), times(form.person, people), times(form.nextStep, nextSteps)]);

/** The line is one place; each name and each step in it takes a thought, as it does in a form. */
export const ownSteps = ({ beyond, clicks }: Pick<Effort, 'beyond' | 'clicks'>, load: Load): Steps => ({
  keys: beyond,
  clicks,
  fields: 1 + (load.whenTyped ? 1 : 0) + load.people + load.nextSteps,
});

/** Seconds that the line saved; negative where the form would have been quicker. */
export const savedSeconds = (form: NativeForm, effort: Effort, load: Load): number =>
  secondsOf(nativeSteps(form, load)) - secondsOf(ownSteps(effort, load));
