/**
 * A company changes its policy by facts: `policy.changed` sets parameters from a day on. A change is taken as a whole or
 * not at all; what is wrong with it is named by its path, and the policy in force stays.
 */
import type { Entry, Payloads } from '../events.ts';
import { sorted, unique } from '../status/order.ts';
import type { ParameterPath } from './parameters.ts';
import { type Jurisdiction, type Jurisdictions, type Law, lawOf, type Problem, valueProblem } from './resolve.ts';

type Changed = Payloads['policy.changed'];

/** What is wrong with a change, or nothing. */
export const changeProblems = (changed: Changed, jurisdictions: Jurisdictions): readonly Problem[] =>
  changed.changes.flatMap(({ jurisdiction, parameter, value }) => {
    const path = `${jurisdiction}.parameters.${parameter}`;
    if (!jurisdictions.has(jurisdiction)) return [{ path, problem: `There is no jurisdiction "${jurisdiction}".` }];
    const problem = valueProblem(parameter, value);
    return problem ? [{ path, problem }] : [];
  });

/** A change in which nothing is wrong. */
const applied = (changed: Changed, jurisdictions: Jurisdictions): Jurisdictions => {
  const next = new Map(jurisdictions);
  for (const { jurisdiction, parameter, value, source, mark } of changed.changes) {
    const before = next.get(jurisdiction) as Jurisdiction;
    const path = parameter as ParameterPath;
    const own = before.parameters[path] ?? [];
    const entry = { value, source, mark, validFrom: changed.validFrom };
    const after: Jurisdiction = {
      ...before,
      version: changed.version,
      parameters: { ...before.parameters, [path]: [...own, entry] },
    };
    next.set(jurisdiction, after);
  }
  return next;
};

/** The law after the company's own changes, in their order. Only an officer's or administrator's change counts. */
export const lawAfter = (law: Law, entries: readonly Entry[]): Law => {
  let jurisdictions = law.jurisdictions;
  const problems: Problem[] = [...law.problems];
  for (const { fact, payload } of sorted(unique(entries).entries)) {
    if (fact.type !== 'policy.changed' || !payload) continue;
    const changed = payload as Changed;
    if (fact.role !== 'officer' && fact.role !== 'administrator') {
      problems.push({
        path: fact.id,
        problem: `A policy is changed by an officer or administrator, not by a ${fact.role}.`,
      });
      continue;
    }
    const wrong = changeProblems(changed, jurisdictions);
    problems.push(...wrong);
    if (wrong.length === 0) jurisdictions = applied(changed, jurisdictions);
  }
  return lawOf({ ...law, jurisdictions, problems });
};
