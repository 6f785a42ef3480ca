/** This CRM writes `YYYY-MM-DD HH:MM:SS` and means UTC; nothing in the text says so. */

/** From an ISO instant in UTC; fractions of a second are cut off. */
export const toCrm = (instant: string): string => new Date(instant).toISOString().slice(0, 19).replace('T', ' ');

/** An ISO instant; null for what is no time of this CRM. */
export const fromCrm = (text: string): string | null => {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?$/.test(text)) return null;
  const at = Date.parse(`${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};
