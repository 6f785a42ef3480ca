/** The subject a log has in the CRM. */
import type { Activity } from './activity.ts';

/** A neutral word for the kind ("Meeting") and the words that make the full subject. */
export const fullSubject = (activity: Activity, neutral: string): string => {
  const { subject, note } = activity.words;
  const words = subject ?? note.replace(/[.;\n].*$/su, '').trim();
  if (words === '') return neutral;
  return shorten(subject ?? `${neutral}: ${words}`, 120);
};

const shorten = (text: string, most: number): string => {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
};
