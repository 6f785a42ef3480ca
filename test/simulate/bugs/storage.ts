/** Bugs in how things are stored, and in what wakes the worker. */
import { type Planted, planted } from './planted.ts';

const IDB = 'src/background/store/idb.ts';
const COMMIT = 'src/background/handlers/commit.ts';
const FORM = 'src/background/handlers/form.ts';
const WAKE = 'src/background/wake.ts';

export const storageBugs: readonly Planted[] = [
  planted('01-relaxed-commit', 'a power cut loses what was called saved', IDB, [
    ["durability: 'strict'", "durability: 'relaxed'"],
  ]),
  planted(
    '02-acknowledged-on-success',
    '"saved" is said before the transaction is complete',
    IDB,
    [['    const ended = await completed;\n    if (ended) throw refusedBy(ended.error);\n', '']],
    ['tx-aborted'],
  ),
  planted(
    '03-closed-and-not-reopened',
    'a connection closed underneath fails the next operation',
    IDB,
    [["if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;", 'throw error;']],
    ['connection-closed'],
  ),
  planted(
    '04-open-without-limit',
    'an open that never settles leaves the person without an answer',
    IDB,
    [['OPEN_WITHIN_MS = 5_000;', 'OPEN_WITHIN_MS = 5_000_000;']],
    ['open-hangs'],
  ),
  planted('05-draft-removed-early', 'the draft goes before its log is saved', COMMIT, [
    [
      'const answer = await store.write((tx) => {',
      "await store.write((tx) => tx.remove('drafts', formId));\n    const answer = await store.write((tx) => {",
    ],
  ]),
  planted('06-draft-after-enter', 'a line whose draft saves itself after Enter makes two logs', FORM, [
    ['if (isSavedLine(form, text, caller)) return done;', ''],
  ]),
  planted('07-alarm-recreated', 'an alarm that is always put off never rings', 'src/background/platform.ts', [
    ['if (!(await browser.alarms.get(name))) browser.alarms.create', 'browser.alarms.create'],
  ]),
  planted('08-no-alarm', 'what waits longer than the worker lives is never looked at again', WAKE, [
    ['alarms = alarms.then(() => platform.ensureAlarm(ALARM, 0.5)).catch(failed);', ''],
  ]),
  planted(
    '09-clock-put-back',
    'a clock put back keeps a row waiting for years',
    'src/background/due.ts',
    [['(moment - now > BACKOFF_CAP_MS ? 0 : moment)', 'moment']],
    ['clock-back', 'worker-killed'],
  ),
];
