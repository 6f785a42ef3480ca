import type { NativeForm } from '../../domain/burden.ts';

/**
 * *Appointment* of the timeline: subject, start, end and required attendees, then *Mark complete*, without which it stays
 * open. Counted from the documented form, not measured; a task per next step.
 */
export const burden: NativeForm = {
  // The timeline's plus, Appointment; a subject of one word, which is required; the description; Save, Mark complete, its question.
  whole: { keys: 7, clicks: 5, fields: 4 },
  // Two dates of ten keys, two times from a list.
  when: { keys: 30, clicks: 4, fields: 4 },
  // The lookup, four letters, the one that is meant.
  person: { keys: 4, clicks: 2, fields: 1 },
  // The timeline's plus, Task; subject, due date; Save.
  nextStep: { keys: 10, clicks: 4, fields: 2 },
};
