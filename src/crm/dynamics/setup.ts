/**
 * What the organisation lacks for Candor to work: nothing that an administrator has to make, since we choose our own
 * ids. What can be missing is this person's right to write. Reads privileges, changes nothing.
 */
import * as v from 'valibot';
import type { Kind } from '../../domain/activity.ts';
import { type Api, type OwnField, Refused, type Send } from '../adapter.ts';
import { BASE, SHAPES, type Table, TO_LINK, TO_WRITE } from './fields.ts';
import { ask, exchange, reading } from './outcome.ts';
import { WhoAmI } from './read.ts';

const Attributes = v.object({
  value: v.array(
    v.object({
      LogicalName: v.string(),
      AttributeType: v.string(),
      IsCustomAttribute: v.nullish(v.boolean(), false),
      IsValidForCreate: v.nullish(v.boolean(), false),
      RequiredLevel: v.nullish(v.object({ Value: v.nullish(v.string(), 'None') }), null),
      DisplayName: v.nullish(
        v.object({ UserLocalizedLabel: v.nullish(v.object({ Label: v.nullish(v.string()) }), null) }),
        null,
      ),
    }),
  ),
});
/** Choices are numbers here, whose words are in another definition; they are left to the organisation's own default. */
const HOLDS: Readonly<Record<string, OwnField['holds']>> = {
  String: 'text',
  Memo: 'text',
  Integer: 'number',
  Decimal: 'number',
  Double: 'number',
  Money: 'number',
  Boolean: 'flag',
  DateTime: 'day',
};
const madeIn = (table: Table): OwnField['of'] => [
  ...(Object.keys(SHAPES) as Kind[]).filter((kind) => SHAPES[kind].table === table),
  ...(table === 'task' ? (['task'] as const) : []),
];

const Privileges = v.object({ RolePrivileges: v.array(v.unknown()) });

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    const { UserId } = await reading(send, ask(`${BASE}/WhoAmI`), WhoAmI);
    const has = async (privilege: string): Promise<boolean> => {
      const path = `${BASE}/systemusers(${UserId})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='${privilege}')`;
      const answer = await exchange(send, ask(path), Privileges);
      if (!('is' in answer)) return answer.value.RolePrivileges.length > 0;
      // An older service does not know the question, and some roles may not ask it: then the first write will say.
      if (answer.is === 'invalid' || answer.is === 'gone' || answer.is === 'forbidden') return true;
      throw new Refused(answer);
    };
    const all = async (privileges: readonly string[]): Promise<boolean> => {
      for (const privilege of privileges) if (!(await has(privilege))) return false;
      return true;
    };
    /** Columns that forms demand: the service itself would take a record without them. */
    const demanded = async (table: Table): Promise<readonly OwnField[]> => {
      const select = '$select=LogicalName,AttributeType,IsCustomAttribute,IsValidForCreate,RequiredLevel,DisplayName';
      const path = `${BASE}/EntityDefinitions(LogicalName='${table}')/Attributes`;
      const answer = await exchange(send, ask(`${path}?${select}`), Attributes);
      // Not everybody may read definitions: then the first refusal will say.
      if ('is' in answer) {
        if (answer.is === 'forbidden' || answer.is === 'gone' || answer.is === 'invalid') return [];
        throw new Refused(answer);
      }
      const fields: OwnField[] = [];
      for (const one of answer.value.value) {
        const holds = Object.hasOwn(HOLDS, one.AttributeType) ? HOLDS[one.AttributeType] : undefined;
        const level = one.RequiredLevel?.Value ?? 'None';
        if (!holds || !one.IsCustomAttribute || !one.IsValidForCreate || !/Required$/.test(level)) continue;
        const label = one.DisplayName?.UserLocalizedLabel?.Label || one.LogicalName;
        fields.push({ name: one.LogicalName, label, of: madeIn(table), holds, choices: [] });
      }
      return fields;
    };
    return {
      missing: (await all(TO_WRITE)) ? [] : ['activity_access'],
      attendeeLinks: await all(TO_LINK),
      required: [...(await demanded('appointment')), ...(await demanded('phonecall')), ...(await demanded('task'))],
    };
  };
