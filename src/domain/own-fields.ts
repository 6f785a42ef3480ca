/**
 * Fields that an organisation demands of its own for a record, and that nothing in a log fills. A person is asked once;
 * the value is kept and goes along from then on. A log waits for it and is never sent to be refused.
 */
import { KINDS, type Kind } from './activity.ts';

export type OwnValue = string | number | boolean;

/** What a log makes there: a record of its kind, and a task for each next step. */
export const MADE = [...KINDS, 'task'] as const;
export type Made = Kind | 'task';

export interface OwnField {
  readonly name: string;
  readonly label: string;
  readonly of: readonly Made[];
  /** `other`: of a kind that nobody can say here, a reference to another record for instance. */
  readonly holds: 'text' | 'number' | 'flag' | 'choice' | 'day' | 'other';
  /** Of a `choice`: what may be chosen. */
  readonly choices: readonly { readonly value: string | number; readonly label: string }[];
  /** Its forms demand it, and yet the CRM takes a record without it: so nothing waits for what nobody can say. */
  readonly lenient?: boolean;
}

export type OwnValues = Readonly<Record<string, OwnValue>>;

/** Letters of a text: what fits everywhere. */
const LONGEST = 255;

export const accepts = ({ holds, choices }: OwnField, value: OwnValue): boolean => {
  switch (holds) {
    case 'flag':
      return typeof value === 'boolean';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'choice':
      return choices.some((choice) => choice.value === value);
    case 'other':
      return false;
    case 'day':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/u.test(value) && !Number.isNaN(Date.parse(value));
    default:
      return typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST;
  }
};

export interface Own {
  readonly required: readonly OwnField[];
  readonly values: OwnValues;
}

/** Whether a record has to wait for it. */
const isOpen = (field: OwnField, value: OwnValue | undefined): boolean =>
  !(field.holds === 'other' && field.lenient) && (value === undefined || !accepts(field, value));

/** Whether anything of it still has to be said or mended before every record can go. */
export const isWaitedFor = ({ required, values }: Own): boolean =>
  required.some((field) => isOpen(field, values[field.name]));

/** What goes along with a record, and what has to be said or mended first. */
export const ownFor = (
  own: Own | undefined,
  made: Made,
): { readonly values: OwnValues; readonly missing: readonly OwnField[] } => {
  const values: Record<string, OwnValue> = {};
  const missing: OwnField[] = [];
  for (const field of own?.required ?? []) {
    if (!field.of.includes(made)) continue;
    const value = own?.values[field.name];
    if (value !== undefined && accepts(field, value)) values[field.name] = value;
    else if (isOpen(field, value)) missing.push(field);
  }
  return { values, missing };
};

/** The demands as they are now, with the values that still fit: a choice that was taken away is asked for again. */
export const renewed = (own: Own | undefined, required: readonly OwnField[]): Own => ({
  required,
  values: Object.fromEntries(
    Object.entries(own?.values ?? {}).filter(([name, value]) =>
      required.some((field) => field.name === name && accepts(field, value)),
    ),
  ),
});

/** Of one name, asked for once, for everything it is demanded of. */
export const asksOf = (own: Own | undefined): readonly OwnField[] => {
  const asks = new Map<string, OwnField>();
  for (const field of own?.required ?? []) {
    const before = asks.get(field.name);
    asks.set(field.name, before ? { ...before, of: [...before.of, ...field.of] } : field);
  }
  return [...asks.values()];
};
