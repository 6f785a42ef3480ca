/** The law as the company has it, and changes of it: each is a fact, and all that waits is weighed again. */
import type { LawView, PolicyView } from '../../contract.ts';
import { POLICY_STREAM } from '../../domain/events.ts';
import { changeProblems } from '../../domain/policy/changes.ts';
import { resolvePolicy } from '../../domain/policy/resolve.ts';
import { actsAs } from '../../domain/who.ts';
import { managedRolesOf, standingOf } from '../authority.ts';
import { append, entriesOf } from '../ledger.ts';
import { type Rules, rulesOf } from '../rules.ts';
import { done, type Handler, refused } from './handler.ts';

const lawView = (key: string, name: string, { law }: Rules, on: string): LawView => {
  const policy = resolvePolicy([key], on, law.jurisdictions);
  const [source] = policy.sources['gate.untold'];
  return {
    key,
    name,
    untold: policy.gate.untold,
    onOverdue: policy.gate.onOverdue,
    backlogUntil: policy.gate.backlogUntil,
    direct: policy.notice.direct.due,
    indirect: policy.notice.indirect.due,
    requests: policy.requests.due,
    source: source?.source ?? '',
    mark: source?.mark ?? 'default',
  };
};

export const policy: Handler<'policy'> = async ({ store, platform }) => {
  const managed = await managedRolesOf(platform);
  return store.read(async (tx): Promise<PolicyView> => {
    const rules = await rulesOf(tx, platform);
    const on = new Date(platform.now()).toISOString().slice(0, 10);
    const entries = await entriesOf(tx, POLICY_STREAM);
    return {
      laws: [...rules.law.jurisdictions.values()].map(({ key, name }) => lawView(key, name, rules, on)),
      house: rules.house.key,
      assumed: rules.settings.controller.country === undefined,
      version: rules.house.version,
      problems: rules.law.problems,
      mayChange: actsAs('policy.changed', standingOf(rules, managed)) !== null,
      history: entries.flatMap(({ fact, payload }) => {
        if (fact.type !== 'policy.changed' || !payload || !('changes' in payload)) return [];
        const places = payload.changes.map((one) => `${one.jurisdiction} ${one.parameter}`).join(', ');
        return [
          {
            at: fact.recordedAt,
            sentence: {
              key: payload.selfConfirmed ? 'policyChangedAlone' : 'policyChanged',
              args: [fact.actor, places],
            },
            reason: payload.reason,
          },
        ];
      }),
    };
  });
};

export const changePolicy: Handler<'changePolicy'> = async (house, { commandId, reason, changes }) => {
  const { store, platform } = house;
  if (reason.trim() === '') return refused('refuseNoReason');
  const managed = await managedRolesOf(platform);
  const answer = await store.write(async (tx) => {
    const [repeated] = await tx.all('facts', { index: 'id', prefix: commandId });
    if (repeated) return done;
    const rules = await rulesOf(tx, platform);
    const as = actsAs('policy.changed', standingOf(rules, managed));
    if (as === null) return refused('refuseOfficerOnly');
    const now = new Date(platform.now()).toISOString();
    const payload = {
      version: `${now.slice(0, 10)}.${(await tx.count('facts', { prefix: [POLICY_STREAM] })) + 1}`,
      validFrom: now.slice(0, 10),
      reason: reason.trim(),
      changes,
      ...(as.selfConfirmed ? { selfConfirmed: true as const } : {}),
    };
    const [problem] = changeProblems(payload, rules.law.jurisdictions);
    // The value stays as it was; what is wrong is named by its place.
    if (problem) return refused('refusePolicy', problem.path, problem.problem);
    await append(tx, platform, { actor: 'this-device', role: as.role }, [
      { id: commandId, stream: POLICY_STREAM, type: 'policy.changed', occurredAt: now, payload },
    ]);
    return done;
  });
  if (answer.is === 'done') {
    house.changed();
    house.wake();
  }
  return answer;
};
