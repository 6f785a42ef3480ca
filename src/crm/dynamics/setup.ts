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
const HOLDS: Readonly<Record<string, OwnField['holds']>> = {
  String: 'text',
  Memo: 'text',
  Integer: 'number',
  Decimal: 'number',
  Double: 'number',
  Money: 'number',
  BigInt: 'number',
  Boolean: 'flag',
  DateTime: 'day',
  Picklist: 'choice',
};
const madeIn = (table: Table): OwnField['of'] => [
  ...(Object.keys(SHAPES) as Kind[]).filter((kind) => SHAPES[kind].table === table),
  ...(table === 'task' ? (['task'] as const) : []),
];

/** Choices are numbers, whose words are in a definition of their own. */
const Picklists = v.object({
  value: v.array(
    v.object({
      LogicalName: v.string(),
      /** -1 where the organisation gave none. */
      DefaultFormValue: v.nullish(v.number(), -1),
      OptionSet: v.nullish(
        v.object({
          Options: v.array(
            v.object({
              Value: v.number(),
              Label: v.nullish(
                v.object({ UserLocalizedLabel: v.nullish(v.object({ Label: v.nullish(v.string()) }), null) }),
                null,
              ),
            }),
          ),
        }),
        null,
      ),
    }),
  ),
});
type Choices = ReadonlyMap<string, { readonly hasDefault: boolean; readonly choices: OwnField['choices'] }>;

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
    /** What those who may not read definitions are refused: then the first refusal of a log will say. */
    const definitions = async <S extends v.GenericSchema>(
      path: string,
      schema: S,
    ): Promise<v.InferOutput<S> | null> => {
      const answer = await exchange(send, ask(path), schema);
      if (!('is' in answer)) return answer.value;
      if (answer.is === 'forbidden' || answer.is === 'gone' || answer.is === 'invalid') return null;
      throw new Refused(answer);
    };
    const choicesOf = async (table: Table): Promise<Choices> => {
      const query = '$select=LogicalName,DefaultFormValue&$expand=OptionSet($select=Options)';
      const path = `${BASE}/EntityDefinitions(LogicalName='${table}')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?${query}`;
      const found = await definitions(path, Picklists);
      return new Map(
        (found?.value ?? []).map(({ LogicalName, DefaultFormValue, OptionSet }) => [
          LogicalName,
          {
            hasDefault: (DefaultFormValue ?? -1) >= 0,
            choices: (OptionSet?.Options ?? []).map(({ Value, Label }) => ({
              value: Value,
              label: Label?.UserLocalizedLabel?.Label || String(Value),
            })),
          },
        ]),
      );
    };
    /** Columns that forms demand: the service itself would take a record without them. */
    const demanded = async (table: Table): Promise<readonly OwnField[]> => {
      const select = '$select=LogicalName,AttributeType,IsCustomAttribute,IsValidForCreate,RequiredLevel,DisplayName';
      const path = `${BASE}/EntityDefinitions(LogicalName='${table}')/Attributes`;
      const attributes = (await definitions(`${path}?${select}`, Attributes))?.value ?? [];
      const wanted = attributes.filter(
        ({ IsCustomAttribute, IsValidForCreate, RequiredLevel, AttributeType }) =>
          IsCustomAttribute &&
          IsValidForCreate &&
          /Required$/.test(RequiredLevel?.Value ?? 'None') &&
          // The service sets state and reason itself.
          AttributeType !== 'State' &&
          AttributeType !== 'Status',
      );
      const choices: Choices = wanted.some(({ AttributeType }) => AttributeType === 'Picklist')
        ? await choicesOf(table)
        : new Map();
      return wanted.flatMap(({ LogicalName: name, AttributeType, DisplayName }): OwnField[] => {
        const known = Object.hasOwn(HOLDS, AttributeType) ? HOLDS[AttributeType] : undefined;
        const of = madeIn(table);
        const label = DisplayName?.UserLocalizedLabel?.Label || name;
        const offered = choices.get(name);
        if (offered?.hasDefault) return [];
        // A choice whose words nobody may read can no more be said here than a reference to another record.
        const holds = known === 'choice' && !offered?.choices.length ? 'other' : (known ?? 'other');
        const said = holds === 'choice' ? (offered?.choices ?? []) : [];
        return [{ name, label, of, holds, choices: said, ...(holds === 'other' ? { lenient: true } : {}) }];
      });
    };
    return {
      missing: (await all(TO_WRITE)) ? [] : ['activity_access'],
      attendeeLinks: await all(TO_LINK),
      required: [...(await demanded('appointment')), ...(await demanded('phonecall')), ...(await demanded('task'))],
    };
  };
