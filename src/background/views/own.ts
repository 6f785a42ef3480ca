import type { OwnAsk } from '../../contract.ts';
import type { OwnField, OwnValue } from '../../domain/own-fields.ts';

/** A demand of the organisation with what was said to it. */
export const ownView = (
  { name, label, of, holds, choices, lenient = false }: OwnField,
  value: OwnValue | undefined,
): OwnAsk => ({
  name,
  label,
  of,
  holds,
  choices,
  lenient,
  value: value ?? null,
});
