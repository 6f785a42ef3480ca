/** Acts of the law: who may and what must be there first is the domain's to say; here is one transaction around it. */
import type { Done } from '../../contract.ts';
import {
  ACT_REFUSALS,
  type Act,
  type ActDecision,
  consentActs,
  decideAct,
  obtainedFromCrm,
} from '../../domain/decide.ts';
import type { NewFact, Role } from '../../domain/events.ts';
import { BUILT_IN_NOTICES } from '../../domain/policy/notices.ts';
import { managedRolesOf, standingOf } from '../authority.ts';
import { UNDO_MS } from '../corrections.ts';
import type { House } from '../house.ts';
import { append, type Sealer, sealer } from '../ledger.ts';
import { attendeeFor, byId } from '../people.ts';
import { replanFor } from '../planning.ts';
import { rulesOf } from '../rules.ts';
import { done, type Handler, refused } from './handler.ts';

/** Words come as they are and are sealed here: a payload refers to them, it never holds them. */
const withWords = (act: Act, words: string | undefined, { seal }: Sealer): Act =>
  act.type === 'request.received'
    ? { ...act, payload: { ...act.payload, words: words ? seal({ words }) : null } }
    : act;

/** The first fact has the command's own id, by which a second try is known. */
const nthId = (commandId: string, index: number): string => (index === 0 ? commandId : `${commandId}/${index}`);

const record = async (
  house: House,
  commandId: string,
  contact: string,
  actsOf: (sealer: Sealer, at: { readonly now: string; readonly zone: string }) => readonly Act[],
): Promise<Done> => {
  const { store, platform } = house;
  const managed = await managedRolesOf(platform);
  const answer = await store.write(async (tx) => {
    const [repeated] = await tx.all('facts', { index: 'id', prefix: commandId });
    if (repeated) return done;
    const known = await byId(tx, contact);
    if (!known) return refused('refusePersonGone');
    const rules = await rulesOf(tx, platform);
    const connection = known.connection ? ((await tx.get('connections', known.connection)) ?? null) : null;
    const now = new Date(platform.now()).toISOString();
    const attendee = attendeeFor(known, connection, now, rules, () => platform.id());
    const words = sealer(platform);
    const actor = connection?.userId ?? 'this-device';
    const context = {
      contact: attendee.contact,
      state: attendee.state,
      status: attendee.status,
      policy: rules.policyFor(known),
      editions: BUILT_IN_NOTICES,
      actor,
      now,
      standing: standingOf(rules, managed),
    };
    const decided: Extract<ActDecision, { facts: unknown }>[] = [];
    for (const [index, one] of actsOf(words, { now, zone: rules.settings.controller.zone }).entries()) {
      const decision = decideAct(one, { ...context, commandId: nthId(commandId, index) });
      // All of it or nothing.
      if ('refused' in decision) return refused(ACT_REFUSALS[decision.refused], attendee.name);
      decided.push(decision);
    }
    const write = (role: Role, facts: readonly NewFact[], sealed: Sealer['sealed']) =>
      append(tx, platform, { actor, role }, facts, sealed);
    await write('manager', obtainedFromCrm(attendee, commandId, now, words.seal), words.sealed);
    for (const { role, facts } of decided) await write(role, facts, []);
    await replanFor(tx, platform, { actor, role: 'manager' }, attendee.contact, rules, platform.now() + UNDO_MS);
    return done;
  });
  if (answer.is === 'done') {
    house.changed();
    house.wake();
  }
  return answer;
};

export const act: Handler<'act'> = (house, { commandId, contact, act: asked, words }) =>
  record(house, commandId, contact, (sealing) => [withWords(asked, words, sealing)]);

/** The words that were shown and the proof are one content: they are read, exported and erased together. */
export const recordConsent: Handler<'recordConsent'> = (house, { commandId, contact, consent }) =>
  record(house, commandId, contact, ({ seal }, at) =>
    consentActs(consent, { ...at, words: seal({ text: consent.text, proof: consent.proof }) }),
  );

export const attachEvidence: Handler<'attachEvidence'> = (house, { commandId, contact, ref, kind, name, text }) =>
  record(house, commandId, contact, ({ seal }) => [
    { type: 'evidence.attached', payload: { ref, kind, content: seal({ name, text }) } },
  ]);
