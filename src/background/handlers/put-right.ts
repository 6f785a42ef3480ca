/** An opened log is saved again: while nothing left it is logged anew; after that it is corrected where it is. */
import type { Committed } from '../../contract.ts';
import type { NextStep } from '../../domain/activity.ts';
import { activityStream, type NewFact } from '../../domain/events.ts';
import { sha256Hex } from '../../domain/hash.ts';
import type { LineDraft } from '../../domain/quick-log/draft.ts';
import { authorOf, retraction, rowsOf, UNDO_MS, whereabouts } from '../corrections.ts';
import type { House } from '../house.ts';
import { append, sealer } from '../ledger.ts';
import type { Line } from '../line.ts';
import { statusOf } from '../people.ts';
import { replan } from '../planning.ts';
import type { Rules } from '../rules.ts';
import type { ActivityRow, FormRow } from '../store/schema.ts';
import type { WriteTx } from '../store/store.ts';
import { logLight } from '../views/light.ts';
import { logView } from '../views/log.ts';
import { refused } from './handler.ts';

/** As the grammar sees it: nothing from the first private mark on. */
export const publicLine = (text: string, draft: LineDraft): string =>
  text.slice(0, draft.tokens.find(({ kind }) => kind === 'private')?.start ?? text.length);

const samePeople = (line: Line, { attendees }: ActivityRow): boolean => {
  const named = line.named.map((one) => (one.is === 'one' ? one.known.contact : null));
  return named.length === attendees.length && named.every((contact) => contact !== null && attendees.includes(contact));
};

const sameStep = (a: NextStep | undefined, b: NextStep | undefined): boolean =>
  a?.text === b?.text && a?.due === b?.due;

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((words, index) => words === b[index]);

/** Null when nothing had left and the old log was taken back: the caller logs the line anew. */
export const putRight = async (
  tx: WriteTx,
  house: House,
  form: FormRow,
  text: string,
  line: Line,
  rules: Rules,
): Promise<Committed | null> => {
  const { platform } = house;
  const old = await tx.get('activities', form.replaces ?? '');
  if (!old || old.retracted) return refused('refuseLogGone');
  const now = new Date(platform.now()).toISOString();
  const author = authorOf(old);
  if (whereabouts(old, await rowsOf(tx, old.id)) === 'here') {
    const facts = await retraction(tx, old, `${form.formId}/replaced`, 'edited', false, now);
    await append(tx, platform, author, facts);
    await replan(tx, platform, author, old.id, rules);
    return null;
  }
  const { draft } = line;
  if (draft.kind !== old.kind) return refused('refuseCorrectKind');
  if (!samePeople(line, old)) return refused('refuseCorrectPeople');
  if (draft.told && !everybodyTold(line, now, rules)) return refused('refuseCorrectTold');
  const { words: before, when } = old;
  const { subject, note, nextSteps, promises, matters } = draft;
  const most = Math.max(before.nextSteps.length, nextSteps.length);
  const steps = Array.from({ length: most }, (_, index) => index).filter(
    (index) => !sameStep(before.nextSteps[index], nextSteps[index]),
  );
  const { seal, sealed } = sealer(platform);
  const fact: NewFact = {
    id: form.formId,
    stream: activityStream(old.id),
    type: 'activity.corrected',
    occurredAt: now,
    payload: {
      reason: 'corrected',
      when: draft.when,
      words: seal({ subject, note, nextSteps, promises, matters }),
      private: draft.private ? seal({ private: draft.private.kept }) : null,
      line: seal({ text: publicLine(text, draft) }),
      record:
        subject !== before.subject ||
        note !== before.note ||
        !sameWords(promises, before.promises) ||
        !sameWords(matters, before.matters) ||
        draft.when.start !== when.start ||
        draft.when.end !== when.end,
      steps,
    },
  };
  await append(tx, platform, author, [fact], sealed);
  const corrected = await tx.get('activities', old.id);
  if (corrected) await tx.put('activities', { ...corrected, editingUntil: 0 });
  await replan(tx, platform, author, old.id, rules, platform.now() + UNDO_MS);
  await tx.put('forms', { ...form, savedAs: sha256Hex(text) });
  await tx.remove('drafts', form.formId);
  const row = await tx.get('activities', old.id);
  if (!row) throw new Error('the activity just corrected is not there');
  return { is: 'saved', log: await logView(tx, row, logLight(house)), boundElsewhere: null };
};

const everybodyTold = (line: Line, now: string, rules: Rules): boolean =>
  line.named.every((one) => one.is === 'one' && statusOf(one.known, null, now, rules).told !== null);
