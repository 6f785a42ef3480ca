/** Who may record what. The fold ignores what somebody else recorded, and says so; `decide` refuses it beforehand. */
import type { FactType, NewFact, Role } from './events.ts';

const OFFICER: readonly Role[] = ['officer'];

/** What is not here anybody may record: objections, withdrawals and requests are taken by whoever hears them. */
export const ONLY: { readonly [T in FactType]?: readonly Role[] } = {
  'notice.superseded': OFFICER,
  'exemption.granted': OFFICER,
  'consent.revoked': OFFICER,
  'consent.invalidated': OFFICER,
  'objection.resolved': OFFICER,
  'restriction.lifted': OFFICER,
  'request.extended': OFFICER,
  'request.refused': OFFICER,
  'erasure.executed': OFFICER,
  'retention.reviewed': OFFICER,
  'ownership.confirmed': OFFICER,
  'ownership.rejected': OFFICER,
  'conflict.settled': OFFICER,
  'words.approved': OFFICER,
  'policy.changed': ['officer', 'administrator'],
};

export const mayRecord = (type: FactType, role: Role): boolean => ONLY[type]?.includes(role) ?? true;

export interface Standing {
  /** Roles that managed policy gives; null without managed policy. */
  readonly managed: readonly Role[] | null;
  /** *I work alone* is on. Managed policy, where there is one, decides instead. */
  readonly alone: boolean;
}

/** The roles somebody holds. Without managed policy everybody is a manager; *I work alone* grants the officer's too. */
export const rolesOf = ({ managed, alone }: Standing): ReadonlySet<Role> =>
  new Set(managed ?? (alone ? ['manager', 'officer'] : ['manager']));

/** The role in which an act is done, and whether they gave it to themselves; null where they may not. */
export const actsAs = (
  type: FactType,
  standing: Standing,
): { readonly role: Role; readonly selfConfirmed: boolean } | null => {
  const held = rolesOf(standing);
  const needed = ONLY[type];
  const role = needed
    ? needed.find((one) => held.has(one))
    : (['manager', 'lead', 'officer', 'administrator'] as const).find((one) => held.has(one));
  return role === undefined ? null : { role, selfConfirmed: standing.managed === null && role !== 'manager' };
};

/** *I work alone* is switched on or off: itself a fact of this device. Where policy is managed it is not theirs to say. */
export const decideAlone = (
  alone: boolean,
  standing: Standing,
  { device, commandId, now }: { readonly device: string; readonly commandId: string; readonly now: string },
): { readonly facts: readonly NewFact[] } | { readonly refused: 'managed' } =>
  standing.managed !== null
    ? { refused: 'managed' }
    : {
        facts: [
          { id: commandId, stream: `device/${device}`, type: 'roles.alone', occurredAt: now, payload: { alone } },
        ],
      };
