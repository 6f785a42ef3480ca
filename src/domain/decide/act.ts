/**
 * Command + status → facts, or a refusal, for everything that the law lets people do. Who may, and what must be there
 * first, is decided here; the fold applies the same rules to facts that come from elsewhere.
 */
import { contactStream, type NewFact, type Role } from '../events.ts';
import { SKEW_MS } from '../status/step.ts';
import { actsAs, type Standing } from '../who.ts';
import { consentGuards } from './consent.ts';
import type { Act, ActRefusal, ActType, Before, Guard, Guards } from './guard.ts';
import { noticeGuards } from './notice.ts';
import { rightsGuards } from './rights.ts';

const GUARDS: Guards<ActType> = {
  ...noticeGuards,
  ...consentGuards,
  ...rightsGuards,
  'conflict.settled': ({ conflict }, { status }) =>
    status.conflicts.some(({ id }) => id === conflict) ? null : 'unknown_ref',
};

/** Every act there is: what is not here is no act. */
export const ACT_TYPES = Object.keys(GUARDS) as readonly ActType[];

export interface ActContext extends Omit<Before, 'selfConfirmed' | 'occurredAt'> {
  readonly standing: Standing;
  /** Becomes the fact's id: the same command twice gives the same fact. */
  readonly commandId: string;
}

/** The facts, and the role they are recorded in. */
export type ActDecision =
  | { readonly facts: readonly NewFact[]; readonly role: Role }
  | { readonly refused: ActRefusal };

export const decideAct = (act: Act, { standing, commandId, ...context }: ActContext): ActDecision => {
  const as = actsAs(act.type, standing);
  if (as === null) return { refused: 'officer_only' };
  if (context.state.erasure.executedAt !== null) return { refused: 'erased' };
  const occurredAt = act.occurredAt ?? context.now;
  if (Date.parse(occurredAt) > Date.parse(context.now) + SKEW_MS) return { refused: 'in_the_future' };
  const before: Before = { ...context, occurredAt, selfConfirmed: as.selfConfirmed };
  const refused = (GUARDS[act.type] as Guard<ActType>)(act.payload, before);
  if (refused) return { refused };
  const payload = as.selfConfirmed ? { ...act.payload, selfConfirmed: true } : act.payload;
  const fact = {
    id: commandId,
    stream: contactStream(context.contact),
    type: act.type,
    occurredAt,
    ...(act.precision ? { precision: act.precision } : {}),
    payload,
  } as NewFact;
  return { facts: [fact], role: as.role };
};
