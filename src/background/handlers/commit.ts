/** Enter. One transaction: read, decide, append, plan. The answer is given when it is complete and durable. */
import type { Committed, LogView, Sentence } from '../../contract.ts';
import type { Effort } from '../../domain/burden.ts';
import { decideLog } from '../../domain/decide.ts';
import { activityStream, type NewFact } from '../../domain/events.ts';
import { sha256Hex } from '../../domain/hash.ts';
import { keepEffort } from '../burden.ts';
import { UNDO_MS } from '../corrections.ts';
import { locate } from '../directory.ts';
import type { House } from '../house.ts';
import { type Author, append, isRefusal, sealer } from '../ledger.ts';
import { readLine } from '../line.ts';
import { noticeShown } from '../notice.ts';
import { forgetOffered, noteOffered, offeredFor, offersIn, unoffered } from '../offered.ts';
import { attendeeFor, folded, stranger } from '../people.ts';
import { isPlain } from '../plain.ts';
import { replan, replanFor } from '../planning.ts';
import { type Rules, rulesOf } from '../rules.ts';
import { settingsOf } from '../settings.ts';
import type { FormRow } from '../store/schema.ts';
import { StorageRefused, type WriteTx } from '../store/store.ts';
import { logLight } from '../views/light.ts';
import { logView } from '../views/log.ts';
import { goesOn, isSavedLine, letCommit, mayCommit, shownHash, splitPrivate, wholeText } from './form.ts';
import { type Asker, done, type Handler, refused } from './handler.ts';
import { publicLine, putRight } from './put-right.ts';

export const commit: Handler<'commit'> = async (house, { formId, text, armed, effort }, asker): Promise<Committed> => {
  const { store } = house;
  if (asker.caller === 'guest' && !(armed && (await maySaveHere(house, asker, formId)))) {
    return { is: 'not_here', why: { key: 'refuseNotHere' } };
  }
  try {
    await house.people.ready();
    const offered = await offeredFor(house, formId);
    const offers: string[] = [];
    const answer = await store.write((tx) => {
      offers.length = 0;
      return commitIn(tx, house, formId, text, asker.caller, effort, { offered, offers });
    });
    // The refusal names them: the second Enter knows.
    await noteOffered(house, formId, offers);
    if (answer.is === 'already_saved' && answer.nextFormId !== null) await letCommit(house, asker, answer.nextFormId);
    if (answer.is !== 'saved') return answer;
    await forgetOffered(house, formId);
    house.changed();
    house.wake();
    return { ...answer, boundElsewhere: await boundElsewhere(house, formId, asker.tab?.url ?? null) };
  } catch (error) {
    if (error instanceof StorageRefused) return refused(`refuseStorage_${error.reason}`);
    throw error;
  }
};

/** The frame was asked for, and the page that holds it does nothing at this moment to what is seen of it. */
const maySaveHere = async (house: House, asker: Asker, formId: string): Promise<boolean> =>
  asker.tab !== null && (await mayCommit(house, asker, formId)) && (await isPlain(house, asker.tab.id));

/** The tab shows another record by now: the log went to the one the form was opened for, and says so. */
const boundElsewhere = async (house: House, formId: string, url: string | null): Promise<Sentence | null> => {
  const now = await locate(house, url);
  return house.store.read(async (tx) => {
    const form = await tx.get('forms', formId);
    if (!form?.record || !form.connection || !now) return null;
    if (now.record.id === form.record.id && now.record.tenant === form.record.tenant) return null;
    const table = form.record.type === 'contact' ? 'people' : 'accounts';
    const name = (await tx.get(table, [form.connection, form.record.id]))?.name;
    return { key: 'savedForOther', args: [name ?? form.record.id] };
  });
};

const commitIn = async (
  tx: WriteTx,
  house: House,
  formId: string,
  text: string,
  caller: Asker['caller'],
  effort: Effort | undefined,
  { offered, offers }: { readonly offered: ReadonlySet<string>; readonly offers: string[] },
): Promise<Committed> => {
  const { platform } = house;
  const form = await tx.get('forms', formId);
  if (!form) return refused('refuseFormGone');
  const draft = await tx.get('drafts', formId);
  const whole = wholeText(text, draft, caller);
  const saved =
    (await tx.get('activities', formId)) ??
    (form.savedAs !== null && form.replaces ? await tx.get('activities', form.replaces) : undefined);
  if (saved) return alreadySaved(tx, house, form, whole, caller, await logView(tx, saved, logLight(house)));

  let line = await readLine(tx, house.people, form, whole, platform.language());
  const several = line.named.find((named) => named.is === 'several');
  if (several?.mention) return refused('refuseAmbiguousPerson', several.mention.words);
  const asked = unoffered(line, offered);
  if (asked) {
    offers.push(...offersIn(line).map(({ mention }) => folded(mention.words)));
    return refused('refuseDidYouMean', asked.mention.words, asked.near[0]?.name ?? '');
  }
  const rules = await rulesOf(tx, platform);
  const { controller } = await settingsOf(tx, platform);
  const now = new Date(platform.now()).toISOString();
  if (form.replaces) {
    const put = await putRight(tx, house, form, whole, line, rules);
    if (put) return put;
    // Nothing had left: the old log is gone, and this is a log like any other.
    line = await readLine(tx, house.people, form, whole, platform.language());
  }
  const connection = line.connection ? ((await tx.get('connections', line.connection)) ?? null) : null;
  const attendees = line.named.flatMap((named) => {
    if (named.is === 'several') return [];
    const known = named.is === 'one' ? named.known : stranger(named.name);
    return [attendeeFor(known, connection, now, rules, () => platform.id())];
  });
  const { seal, sealed } = sealer(platform);
  const decision = decideLog({
    form: { ...form, connection: line.connection, user: line.user },
    line: line.draft,
    attendees,
    account: line.account,
    now,
    noticeShown: (kind, person) => noticeShown(controller, kind, 'en', person),
    seal,
    typed: publicLine(whole, line.draft),
  });
  if (isRefusal(decision)) return refused(REFUSALS[decision.refused] ?? 'refuseNothingToLog');

  const author = { actor: line.user ?? 'this-device', role: form.role };
  await append(tx, platform, author, decision.facts, sealed);
  const logged = await tx.get('activities', formId);
  if (!logged) throw new Error('the activity just written is not there');
  await tx.put('activities', { ...logged, heldUntil: platform.now() + UNDO_MS });
  await replan(tx, platform, author, formId, rules);
  if (line.draft.told) await replanOthers(tx, house, author, attendees, rules);
  if (connection?.own && form.own) await remember(tx, connection.id, form.own);
  await tx.put('forms', { ...form, savedAs: sha256Hex(whole), savedShown: shownHash(whole) });
  await tx.remove('drafts', formId);
  if (effort) await keepEffort(tx, formId, effort, line);
  const row = await tx.get('activities', formId);
  if (!row) throw new Error('the activity just written is not there');
  return { is: 'saved', log: await logView(tx, row, logLight(house)), boundElsewhere: null };
};

/** What was said to a demand of the CRM goes along with every log from now on. */
const remember = async (tx: WriteTx, id: string, said: NonNullable<FormRow['own']>): Promise<void> => {
  const row = await tx.get('connections', id);
  if (row?.own) await tx.put('connections', { ...row, own: { ...row.own, values: { ...row.own.values, ...said } } });
};

/** A typed `told` opens what else waited for the person, after the same ten seconds; its undo closes it again. */
const replanOthers = async (
  tx: WriteTx,
  { platform }: House,
  author: Author,
  attendees: readonly { readonly contact: string }[],
  rules: Rules,
): Promise<void> => {
  for (const { contact } of attendees) await replanFor(tx, platform, author, contact, rules, platform.now() + UNDO_MS);
};

const REFUSALS: Readonly<Record<string, string>> = { nothing_to_log: 'refuseNothingToLog' };

/**
 * The same form again: one fact, one record. Other words than those saved (a second panel on the record) are not
 * thrown away: they become the draft of a new form.
 */
const alreadySaved = async (
  tx: WriteTx,
  house: House,
  form: FormRow,
  text: string,
  caller: Asker['caller'],
  log: LogView,
): Promise<Committed> => {
  if (text.trim() === '' || isSavedLine(form, text, caller)) return { is: 'already_saved', log, nextFormId: null };
  const { formId } = await goesOn(tx, house, form);
  await tx.put('drafts', { formId, ...splitPrivate(text), savedAt: new Date(house.platform.now()).toISOString() });
  return { is: 'already_saved', log, nextFormId: formId };
};

/** Takes a log back while nothing of it has left: its facts are voided, never deleted; its rows are gone. */
export const undo: Handler<'undo'> = async (house, { activity: id }) => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const activity = await tx.get('activities', id);
    if (!activity || activity.retracted) return refused('refuseUndoGone');
    const rows = await tx.all('outbox', { index: 'activity', prefix: id });
    const left =
      activity.crossed.remoteId !== null || rows.some(({ state }) => state === 'in_flight' || state === 'settled');
    if (left || activity.heldUntil <= platform.now()) return refused('refuseUndoLate');
    const now = new Date(platform.now()).toISOString();
    const facts: NewFact[] = [
      {
        id: `${id}/retracted`,
        stream: activityStream(id),
        type: 'activity.retracted',
        occurredAt: now,
        payload: { reason: 'undone' },
      },
    ];
    for (const contact of activity.attendees) {
      const all = await tx.all('facts', { prefix: [`contact/${contact}`] });
      const alone = all.every((fact) => fact.id.startsWith(`${id}/`));
      for (const fact of all) {
        if (!fact.id.startsWith(`${id}/`)) continue;
        // Whoever was told or objected meanwhile, or is in another log, stays who they are in the CRM.
        if (fact.type === 'contact.obtained' && !alone) continue;
        facts.push({
          id: `${fact.id}/voided`,
          stream: fact.stream,
          type: 'fact.voided',
          occurredAt: now,
          payload: { ref: fact.id, reason: 'undone' },
        });
      }
    }
    const author = { actor: activity.user ?? 'this-device', role: 'manager' as const };
    await append(tx, platform, author, facts);
    const rules = await rulesOf(tx, platform);
    await replan(tx, platform, author, id, rules);
    await replanOthers(
      tx,
      house,
      author,
      activity.attendees.map((contact) => ({ contact })),
      rules,
    );
    return done;
  });
  house.changed();
  return answer;
};

export const progress: Handler<'progress'> = async (house, { activity }) =>
  house.store.read(async (tx) => {
    const row = await tx.get('activities', activity);
    return row ? logView(tx, row, logLight(house)) : null;
  });
