/** Bugs in what may leave, and when. */
import { type Planted, planted } from './planted.ts';

const LEASE = 'src/background/lease.ts';
const PLANNING = 'src/background/planning.ts';
const OUTBOX = 'src/domain/outbox.ts';
const LEAVING = 'src/domain/leaving.ts';

export const decidingBugs: readonly Planted[] = [
  {
    name: '23-gate-only-at-enqueue',
    says: 'an objection after Enter comes too late',
    within: 400,
    focus: ['object', 'tell'],
    changes: [
      {
        file: PLANNING,
        find: '...(old ?? freshRow(key, row, step)),',
        replace: '...(old ?? { ...freshRow(key, row, step), then: weighed.gate }),',
      },
      {
        file: LEASE,
        find: 'const weighed = await weigh(tx, activity, at, rules);',
        replace:
          'const weighed = { ...(await weigh(tx, activity, at, rules)), gate: (row as never as { then: never }).then };',
      },
    ],
  },
  planted(
    '24-objection-ignored',
    'somebody objected and their link leaves',
    'src/domain/gate.ts',
    [
      [
        "if (status.objection === 'general') return { mode: 'redact_to_minimum', reason: 'objected', closed: false };",
        '',
      ],
    ],
    ['object'],
  ),
  planted('25-withheld-sent-empty', 'a withheld note empties the one in the CRM', 'src/crm/salesforce/payload.ts', [
    ["...(description === '' ? {} : { Description: description }),", 'Description: description,'],
  ]),
  planted('26-told-not-held', 'what a slip released has left before it can be taken back', PLANNING, [
    ['changed ? Math.max(held, holdUntil) : held', 'held'],
  ]),
  planted(
    '27-undo-after-lease',
    'a log is taken back here and stays in the CRM',
    'src/background/handlers/commit.ts',
    [["if (left || activity.heldUntil <= platform.now()) return refused('refuseUndoLate');", '']],
    ['worker-killed'],
  ),
  planted(
    '28-replan-drops-needs-you',
    'what needs its person is sent again and again',
    PLANNING,
    [["(isFixed(old) || (old.state === 'needs_you' && state === 'queued'))", 'isFixed(old)']],
    ['crm-record-deleted'],
  ),
  {
    name: '29-link-before-record',
    says: 'a link leaves for a record that does not exist yet',
    within: 400,
    changes: [
      { file: OUTBOX, find: "step === 'completion' || step.startsWith('link/');", replace: "step === 'completion';" },
      { file: LEAVING, find: 'if (crossed.remoteId === null || !remote || !gate', replace: 'if (!remote || !gate' },
    ],
  },
  planted('30-crossed-words-resent', 'words that crossed leave again, over what the CRM’s people wrote since', OUTBOX, [
    ['words: crossed.words || crosses.words,', 'words: crossed.words,'],
  ]),
  planted(
    '31-other-users-rows',
    'the queue of one user leaves under the name of another',
    LEASE,
    [[' || row.user !== connection.userId) continue;', ') continue;']],
    ['other-user'],
  ),
  planted(
    '34-restriction-ignores-the-clock',
    'an objection waits for years where the clock was put back',
    'src/background/passing-on.ts',
    [
      [
        'if (!row.about || !isDue(row.notBefore, platform.now()) ||',
        'if (!row.about || row.notBefore > platform.now() ||',
      ],
    ],
    ['object', 'clock-back'],
  ),
  planted(
    '35-slip-closes-the-crm',
    'an objection that can still be taken back leaves with an older one',
    'src/background/passings.ts',
    [["notBefore: platform.now() + (entry.fact.type === 'erasure.executed' ? 0 : UNDO_MS),", 'notBefore: 0,']],
    ['object'],
  ),
];
