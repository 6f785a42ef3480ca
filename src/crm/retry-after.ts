/**
 * How long the CRM asks to wait, in milliseconds; null when it does not say, or says nothing we can read. A date is
 * taken relative to the answer's own date, so that a wrong clock on the device does no harm.
 */
const HTTP_DATE = [
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/,
  /^[A-Z][a-z]+day, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/,
];
/** The third form of RFC 9110 names no zone and means UTC. */
const BARE_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

const A_DAY = 86_400_000;

const instant = (text: string | undefined): number => {
  if (text === undefined) return Number.NaN;
  if (BARE_DATE.test(text)) return Date.parse(`${text} GMT`);
  return HTTP_DATE.some((form) => form.test(text)) ? Date.parse(text) : Number.NaN;
};

export const retryAfter = (headers: Readonly<Record<string, string>>): number | null => {
  const asked = headers['retry-after']?.trim();
  const wait = asked && /^\d+$/.test(asked) ? Number(asked) * 1000 : instant(asked) - instant(headers.date?.trim());
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), A_DAY);
};
