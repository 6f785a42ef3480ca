/** A meeting with Dana and Li, with everything in it that can cross. */
import type { Activity } from '../../src/domain/activity.ts';

export const meeting: Activity = {
  id: 'a1',
  kind: 'meeting',
  when: { start: '2026-11-17T14:00:00Z', end: '2026-11-17T14:45:00Z', zone: 'Europe/Berlin' },
  connection: 'c',
  user: 'u',
  account: 'acc',
  attendees: ['dana', 'li'],
  words: {
    subject: null,
    note: 'she wants pricing',
    nextSteps: [{ text: 'send pricing', due: '2026-11-20' }],
    promises: [],
    matters: [],
  },
  retracted: false,
};
