import type { NativeForm } from '../../domain/burden.ts';

/**
 * *Log meeting* beside a contact: name, status, start and end are required, the status must be set to held. Counted from the
 * delivered entity definition, not measured; a task per next step.
 */
export const burden: NativeForm = {
  // The menu of the panel, its entry; a name of one word; the status from its list; the description; Save.
  whole: { keys: 7, clicks: 5, fields: 4 },
  // Two dates of ten keys, two times from a list.
  when: { keys: 30, clicks: 4, fields: 4 },
  // The lookup, four letters, the one that is meant.
  person: { keys: 4, clicks: 2, fields: 1 },
  // The menu of the panel, its entry; name, due date; Save.
  nextStep: { keys: 10, clicks: 4, fields: 2 },
};
