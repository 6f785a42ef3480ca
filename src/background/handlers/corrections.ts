/** A log is put right: opened again, kept private, taken back, given back; and its next steps, once done. */
import type { FormView } from '../../contract.ts';
import { activityStream, type NewFact } from '../../domain/events.ts';
import { authorOf, retraction, rowsOf, UNDO_MS, whereabouts, wordsAreHere } from '../corrections.ts';
import type { House } from '../house.ts';
import { append, entriesOf, sealer } from '../ledger.ts';
import { readLine } from '../line.ts';
import { replan, replanFor } from '../planning.ts';
import { rulesOf } from '../rules.ts';
import type { ActivityRow, FormRow } from '../store/schema.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import { formView } from './form.ts';
import { done, type Handler, refused } from './handler.ts';

/** An opened log does not leave under the person's hands; one that was forgotten open leaves after this. */
const EDITING_MS = 10 * 60_000;

const wordsIn = async (tx: ReadTx, content: string | undefined): Promise<Record<string, unknown>> =>
  ((content && (await tx.get('contents', content))?.words) as Record<string, unknown>) || {};

const privateOf = async (tx: ReadTx, { private: kept }: ActivityRow): Promise<string | null> => {
  const text = (await wordsIn(tx, kept?.content)).private;
  return typeof text === 'string' ? text : null;
};

/** What was typed; for a log from before lines were kept, its words in the order a line has them. */
const lineOf = async (tx: ReadTx, { line, words }: ActivityRow): Promise<string> => {
  const { text } = await wordsIn(tx, line?.content);
  if (typeof text === 'string') return text;
  return [words.note, ...words.nextSteps.map((step) => `>${step.text}`)].filter(Boolean).join(' ');
};

const editName = (activity: string): string => `edit/${activity}`;

const openAgain = async (tx: WriteTx, { platform }: House, activity: ActivityRow): Promise<FormRow> => {
  const opened = (await tx.get('meta', editName(activity.id)))?.value as string | undefined;
  const before = opened === undefined ? undefined : await tx.get('forms', opened);
  if (before && before.savedAs === null) return before;
  const origin = await tx.get('forms', activity.id);
  const form: FormRow = {
    // "Yesterday" is counted from when it was typed.
    ...(origin ?? {
      openedAt: activity.loggedAt,
      zone: activity.when.zone,
      connection: activity.connection,
      user: activity.user,
      role: 'manager',
      record: null,
      choices: {},
    }),
    formId: platform.id(),
    place: editName(activity.id),
    savedAs: null,
    replaces: activity.id,
  };
  await tx.put('forms', form);
  await tx.put('meta', { name: editName(activity.id), value: form.formId });
  const text = await lineOf(tx, activity);
  const kept = await privateOf(tx, activity);
  await tx.put('drafts', {
    formId: form.formId,
    text: kept === null ? text : text.replace(/\s*$/u, ' ').replace(/^ $/u, ''),
    private: kept,
    savedAt: new Date(platform.now()).toISOString(),
  });
  return form;
};

export const reopen: Handler<'reopen'> = async (house, { activity: id }, asker) => {
  const { store, platform } = house;
  const opened = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity || activity.retracted) return null;
    const form = await openAgain(tx, house, activity);
    await tx.put('activities', { ...activity, editingUntil: platform.now() + EDITING_MS });
    return form;
  });
  if (!opened) return refused('refuseLogGone');
  return store.read((tx): Promise<FormView> => formView(tx, house, opened, asker, true));
};

export const closeAgain: Handler<'closeAgain'> = async (house, { activity: id }) => {
  await house.store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (activity) await tx.put('activities', { ...activity, editingUntil: 0 });
  });
  house.changed();
  house.wake();
  return done;
};

const inTime = (activity: ActivityRow, now: number): boolean =>
  activity.retractedAt != null && now - Date.parse(activity.retractedAt) < UNDO_MS;

const replanPeople = async (tx: WriteTx, { platform }: House, activity: ActivityRow): Promise<void> => {
  const rules = await rulesOf(tx, platform);
  for (const contact of activity.attendees) await replanFor(tx, platform, authorOf(activity), contact, rules);
};

export const takeBack: Handler<'takeBack'> = async (house, { commandId, activity: id }) => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity) return refused('refuseLogGone');
    if (activity.retracted) return done;
    const where = whereabouts(activity, await rowsOf(tx, id));
    if (where === 'unknown') return refused('refuseNotKnownYet');
    const now = new Date(platform.now()).toISOString();
    const facts = await retraction(tx, activity, commandId, 'taken_back', where === 'left', now);
    await append(tx, platform, authorOf(activity), facts);
    await replan(tx, platform, authorOf(activity), id, await rulesOf(tx, platform), platform.now() + UNDO_MS);
    await replanPeople(tx, house, activity);
    return done;
  });
  house.changed();
  house.wake();
  return answer;
};

export const restore: Handler<'restore'> = async (house, { commandId, activity: id }) => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity) return refused('refuseLogGone');
    if (!activity.retracted) return done;
    const removing = (await rowsOf(tx, id)).filter(({ step }) => step.startsWith('retract'));
    const sent = removing.some(({ state, head }) => state === 'in_flight' || state === 'settled' || head !== null);
    if (sent || !inTime(activity, platform.now())) return refused('refuseUndoLate');
    const entries = await entriesOf(tx, activityStream(id));
    const taken = entries.findLast(
      ({ fact, payload }) =>
        fact.type === 'activity.retracted' && (payload as { reason: string } | null)?.reason === 'taken_back',
    )?.fact;
    if (!taken) return refused('refuseUndoLate');
    const now = new Date(platform.now()).toISOString();
    const again = (stream: NewFact['stream'], ref: string): NewFact => ({
      id: `${commandId}/voided/${ref}`,
      stream,
      type: 'fact.voided',
      occurredAt: now,
      payload: { ref, reason: 'undone' },
    });
    const facts = [again(activityStream(id), taken.id)];
    for (const contact of activity.attendees) {
      for (const fact of await tx.all('facts', { prefix: [`contact/${contact}`] }))
        if (fact.id.startsWith(`${taken.id}/voided/`)) facts.push(again(fact.stream, fact.id));
    }
    await append(tx, platform, authorOf(activity), facts);
    await replan(tx, platform, authorOf(activity), id, await rulesOf(tx, platform));
    await replanPeople(tx, house, activity);
    return done;
  });
  house.changed();
  house.wake();
  return answer;
};

const PUBLIC_WORDS = new Set(['text', 'subject', 'next', 'due', 'promise', 'matter', 'private']);

/** Before any word left: all of them become private. Who was met and when stays as it was. */
export const keepPrivate: Handler<'keepPrivate'> = async (house, { commandId, activity: id }) => {
  const { store, platform } = house;
  await house.people.ready();
  const answer = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity || activity.retracted) return refused('refuseLogGone');
    if (!wordsAreHere(activity, await rowsOf(tx, id))) return refused('refuseWordsLeft');
    const text = await lineOf(tx, activity);
    const form = await tx.get('forms', id);
    const tokens =
      form && activity.line
        ? (await readLine(tx, house.people, form, text, house.platform.language())).draft.tokens
        : [];
    const head = tokens
      .filter(({ kind }) => !PUBLIC_WORDS.has(kind))
      .map(({ start, end }) => text.slice(start, end).trim())
      .filter(Boolean)
      .join(' ');
    const { words } = activity;
    const moved = [
      words.subject,
      words.note,
      ...words.nextSteps.map(({ text: step }) => `>${step}`),
      ...words.promises.map((promise) => `!${promise}`),
      ...words.matters.map((matter) => `*${matter}`),
    ];
    const kept = [...moved, await privateOf(tx, activity)].filter(Boolean).join(' ').trim();
    const { seal, sealed } = sealer(platform);
    const now = new Date(platform.now()).toISOString();
    const fact: NewFact = {
      id: commandId,
      stream: activityStream(id),
      type: 'activity.corrected',
      occurredAt: now,
      payload: {
        reason: 'made_private',
        when: activity.when,
        words: seal({ subject: null, note: '', nextSteps: [] }),
        private: kept === '' ? null : seal({ private: kept }),
        line: seal({ text: head }),
        record: false,
        steps: [],
      },
    };
    await append(tx, platform, authorOf(activity), [fact], sealed);
    await replan(tx, platform, authorOf(activity), id, await rulesOf(tx, platform));
    return done;
  });
  house.changed();
  house.wake();
  return answer;
};

export const markStep: Handler<'markStep'> = async (house, { commandId, activity: id, step, done: isDone }) => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity?.words.nextSteps[step] || activity.retracted) return refused('refuseLogGone');
    if ((activity.doneSteps ?? []).includes(step) === isDone) return done;
    const fact: NewFact = {
      id: commandId,
      stream: activityStream(id),
      type: 'step.marked',
      occurredAt: new Date(platform.now()).toISOString(),
      payload: { step, done: isDone },
    };
    await append(tx, platform, authorOf(activity), [fact]);
    return done;
  });
  house.changed();
  return answer;
};
