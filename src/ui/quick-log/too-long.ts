/** A line that is too long is not read, not asked about and not kept as a draft: it stays in the form, which says so. */
import type { Sentence } from '../../contract.ts';
import { LONGEST_LINE } from '../../domain/form.ts';

export const isTooLong = (text: string): boolean => text.length > LONGEST_LINE;

export const tooLong = (text: string): Sentence => ({ key: 'logTooLong', args: [text.length, LONGEST_LINE] });
