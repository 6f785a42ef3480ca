import type { NativeForm } from '../../domain/burden.ts';

/**
 * *New event* on a record page: subject, start date and time, end date and time, name, related to, description. Counted
 * on the form as it is delivered, done the quickest way with mouse and keyboard; a task per next step.
 */
export const burden: NativeForm = {
  // New event; a subject of one word, which is required; the description; Save.
  whole: { keys: 7, clicks: 3, fields: 3 },
  // Two dates of ten keys, two times from a list.
  when: { keys: 30, clicks: 4, fields: 4 },
  // The lookup, four letters, the one that is meant.
  person: { keys: 4, clicks: 2, fields: 1 },
  // New task, subject, due date, Save.
  nextStep: { keys: 10, clicks: 4, fields: 2 },
};
