/** Telling people: a notice is prepared, sent on its way, and counts only once it is confirmed. Objections are always taken. */

import type { Sentence } from '../../contract.ts';
import {
  type Attendee,
  type Decision,
  decideAttempt,
  decideConfirm,
  decideObjection,
  type Seal,
} from '../../domain/decide.ts';
import { contactStream, type NewFact, type Payloads } from '../../domain/events.ts';
import { spokenSentence } from '../../domain/policy/notices.ts';
import { UNDO_MS } from '../corrections.ts';
import type { House } from '../house.ts';
import { append, isRefusal, sealer } from '../ledger.ts';
import { noticeShown } from '../notice.ts';
import { attendeeFor, byId, statusOf } from '../people.ts';
import { replanFor } from '../planning.ts';
import { rulesOf } from '../rules.ts';
import { settingsOf } from '../settings.ts';
import type { WriteTx } from '../store/store.ts';
import { done, type Handler, refused } from './handler.ts';

const WHY = {
  nothing_to_log: 'refuseNothingToLog',
  attempt_not_found: 'refuseAttemptGone',
  already_told: 'refuseAlreadyTold',
  already_objected: 'refuseAlreadyObjected',
  not_yours: 'refuseNotYours',
  too_late: 'refuseUndoLate',
  ambiguous_person: 'refuseAmbiguousPerson',
} as const;

type Command = (attendee: Attendee, now: string, seal: Seal) => Decision;

/** One command about one person in one transaction: read, decide, append, plan what that opens or closes. */
const about = async (
  house: House,
  commandId: string,
  person: string,
  command: Command,
): Promise<{ is: 'done' } | { is: 'refused'; why: Sentence }> => {
  const { store, platform } = house;
  const answer = await store.write(async (tx) => {
    const [repeated] = await tx.all('facts', { index: 'id', prefix: commandId });
    if (repeated) return done;
    const known = await byId(tx, person);
    if (!known) return refused('refusePersonGone');
    const rules = await rulesOf(tx, platform);
    const connection = known.connection ? ((await tx.get('connections', known.connection)) ?? null) : null;
    const now = new Date(platform.now()).toISOString();
    const attendee = attendeeFor(known, connection, now, rules, () => platform.id());
    const { seal, sealed } = sealer(platform);
    const decision = command(attendee, now, seal);
    if (isRefusal(decision)) return refused(WHY[decision.refused], attendee.name);
    await write(tx, house, attendee.contact, connection?.userId ?? null, decision.facts, sealed);
    return done;
  });
  if (answer.is === 'done') {
    house.changed();
    house.wake();
  }
  return answer;
};

const write = async (
  tx: WriteTx,
  { platform }: House,
  contact: string,
  user: string | null,
  facts: readonly NewFact[],
  sealed: Parameters<typeof append>[4] = [],
): Promise<void> => {
  const author = { actor: user ?? 'this-device', role: 'manager' as const };
  await append(tx, platform, author, facts, sealed);
  // A confirmation can be taken back for ten seconds; what it opens waits for that.
  await replanFor(tx, platform, author, contact, await rulesOf(tx, platform), platform.now() + UNDO_MS);
};

export const prepareNotice: Handler<'prepareNotice'> = ({ store, platform }, { contact, route, language }) =>
  store.read(async (tx) => {
    const known = await byId(tx, contact);
    if (!known) return refused('refusePersonGone');
    const { controller } = await settingsOf(tx, platform);
    if (controller.name === '' || controller.privacyContact === '') return refused('refuseNoController');
    const now = new Date(platform.now()).toISOString();
    const { needs } = statusOf(known, null, now, await rulesOf(tx, platform));
    const { notice, textHash } = noticeShown(controller, needs, language, known.name);
    return {
      contact: known.id,
      ...notice,
      route,
      to: known.email,
      textHash,
      ...(route === 'spoken' ? { spoken: spokenSentence(notice.language, controller) } : {}),
      ...(route === 'link' ? { link: controller.noticePage ?? null } : {}),
    };
  });

export const attemptNotice: Handler<'attemptNotice'> = async (house, { commandId, contact, route, language }) => {
  const { controller } = await house.store.read((tx) => settingsOf(tx, house.platform));
  if (controller.name === '' || controller.privacyContact === '') return refused('refuseNoController');
  const answer = await about(house, commandId, contact, (attendee, now, seal) => {
    const shown = noticeShown(controller, attendee.status.needs, language, attendee.name);
    return decideAttempt(attendee, commandId, now, { ...shown, route }, seal);
  });
  return answer.is === 'done' ? { attempt: commandId } : answer;
};

export const confirmTold: Handler<'confirmTold'> = async (house, { commandId, contact, attempt }) => {
  const shown = await house.store.read(async (tx) => (await tx.get('payloads', attempt))?.payload);
  return about(house, commandId, contact, (attendee, now) =>
    decideConfirm(
      attendee.contact,
      attendee.status,
      attendee.state.attempt?.fact === attempt && shown
        ? { id: attempt, payload: shown as Payloads['notice.attempted'] }
        : null,
      commandId,
      now,
    ),
  );
};

export const noticeFailed: Handler<'noticeFailed'> = (house, { commandId, contact, ref, reason }) =>
  about(house, commandId, contact, (attendee, now) =>
    attendee.state.attempt?.fact === ref || attendee.state.told?.fact === ref
      ? {
          facts: [
            {
              id: commandId,
              stream: contactStream(attendee.contact),
              type: 'notice.failed',
              occurredAt: now,
              payload: { ref, reason },
            },
          ],
        }
      : { refused: 'attempt_not_found' },
  );

export const raiseObjection: Handler<'raiseObjection'> = (house, { commandId, contact, scope }) =>
  about(house, commandId, contact, (attendee, now, seal) => decideObjection(attendee, commandId, now, scope, seal));

/** A slip is taken back within ten seconds by the device that made it; the fact stays, struck through. */
export const voidFact: Handler<'voidFact'> = async (house, { commandId, contact, ref }) => {
  const { store, platform } = house;
  const fact = await store.read(async (tx) => (await tx.all('facts', { index: 'id', prefix: ref }))[0]);
  return about(house, commandId, contact, (attendee, now) => {
    const stream = contactStream(attendee.contact);
    if (fact?.stream !== stream) return { refused: 'not_yours' };
    if (platform.now() - Date.parse(fact.recordedAt) > UNDO_MS + 2_000) return { refused: 'too_late' };
    return {
      facts: [{ id: commandId, stream, type: 'fact.voided', occurredAt: now, payload: { ref, reason: 'undone' } }],
    };
  });
};
