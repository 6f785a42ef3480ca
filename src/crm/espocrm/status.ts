/**
 * A person's status on their contact: the opt-out of their address, *do not call*, and fields that an administrator
 * made. A contact has no version here, so a permission goes into the moment after its record was read and no later.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send, type StatusField, type StatusMap, type StatusSeen } from '../adapter.ts';
import { get, orUnknown, type Refusal } from '../exchange.ts';
import { usual } from '../reconcile.ts';
import { fieldsFor, type Held, seenIn, statusWriter, type Values } from '../status.ts';
import { fromCrm } from './dates.ts';
import { BASE } from './fields.ts';
import { exchange, reading } from './outcome.ts';
import { Id, isId } from './read.ts';

/** Attributes of addresses, which the description of the contact does not list as fields of its own. */
const NATIVE: readonly StatusField[] = [
  { name: 'emailAddressIsOptedOut', label: 'Email: Opted Out', holds: 'flag', native: true },
  { name: 'phoneNumberIsOptedOut', label: 'Phone: Opted Out', holds: 'flag', native: true },
];
const OWN = new Set(['doNotCall']);

/** Fields that people made begin with `c`. */
const USUAL: Parameters<typeof usual>[1] = {
  email: [/^emailAddressIsOptedOut$/],
  phone: [/^doNotCall$/, /^phoneNumberIsOptedOut$/],
  post: [/^cCandorNoPost$/],
  message: [/^cCandorNoMessages$/],
  processing: [/^cCandorRestricted$/],
  disclosure: [/^cCandorDisclosure$/],
  told_on: [/^cCandorToldOn$/],
  line: [/^cCandorStatus$/],
};

const KINDS: Readonly<Record<string, StatusField['holds']>> = {
  bool: 'flag',
  varchar: 'text',
  text: 'text',
  date: 'day',
};

const Definitions = v.record(
  v.string(),
  v.looseObject({
    type: v.nullish(v.string(), ''),
    isCustom: v.nullish(v.boolean(), false),
    readOnly: v.nullish(v.boolean(), false),
    label: v.nullish(v.string()),
  }),
);

const Head = v.looseObject({
  id: Id,
  modifiedAt: v.nullish(v.string(), ''),
  createdAt: v.nullish(v.string(), ''),
  versionNumber: v.nullish(v.number(), null),
});

export const statusDoors = (send: Send): Pick<Api, 'statusFields' | 'readStatus' | 'writeStatus'> => {
  const read = async (id: string, map: StatusMap): Promise<Held | Refusal> => {
    if (!isId(id)) return { is: 'invalid', field: null, why: 'not the id of a contact' };
    const answer = await exchange(send, get(`${BASE}/Contact/${id}`), Head);
    if ('is' in answer) return answer;
    const row: Readonly<Record<string, unknown>> = answer.value;
    const changedAt = fromCrm(answer.value.modifiedAt ?? '') ?? fromCrm(answer.value.createdAt ?? '');
    if (changedAt === null) return { is: 'unknown', why: 'the answer could not be read' };
    const seen = seenIn(map, {
      id: answer.value.id,
      changedAt,
      value: (name) => row[name],
      // Empty, an address's own mark says that the person has no address that could be opted out.
      neverSet: (name) => !/IsOptedOut$/.test(name),
    });
    const version = answer.value.versionNumber;
    return { seen, version: typeof version === 'number' ? String(version) : null };
  };

  const put = async (id: string, values: Values, map: StatusMap, version: string | null): Promise<Refusal | null> => {
    const body = fieldsFor(values, map);
    // Where an administrator switched versions on, a change in between is refused.
    const headers = version === null ? {} : { 'x-version-number': version };
    const request = { method: 'PATCH', path: `${BASE}/Contact/${id}`, headers, body } as const;
    const answer = await orUnknown(exchange(send, request, v.object({ id: Id })));
    return 'is' in answer ? answer : null;
  };

  return {
    statusFields: async () => {
      const fields = await reading(send, get(`${BASE}/Metadata?key=entityDefs.Contact.fields`), Definitions);
      const own = Object.entries(fields).flatMap(([name, { type, isCustom, readOnly, label }]): StatusField[] => {
        const holds = type && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
        return holds && !readOnly && (isCustom || OWN.has(name))
          ? [{ name, label: label || name, holds, native: !isCustom }]
          : [];
      });
      const offered = [...NATIVE, ...own];
      return { offered, usual: usual(offered, USUAL) };
    },
    readStatus: async (ids, map) => {
      const all: (StatusSeen | null)[] = [];
      for (const id of ids) {
        const held = await read(id, map);
        if ('is' in held && held.is !== 'gone' && held.is !== 'invalid') throw new Refused(held);
        all.push('is' in held ? null : held.seen);
      }
      return all;
    },
    writeStatus: statusWriter({ read, put }),
  };
};
