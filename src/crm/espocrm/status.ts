/**
 * A person's status on their contact: the opt-out of their address, *do not call*, and fields that an administrator
 * made. A contact has no version here, so a permission goes into the moment after its record was read and no later.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send, type StatusField, type StatusMap, type StatusSeen } from '../adapter.ts';
import { get, orUnknown, type Refusal } from '../exchange.ts';
import { usual } from '../reconcile.ts';
import { fieldsFor, fieldsIn, type Held, type StatusHands, seenIn, statusWriter } from '../status.ts';
import { fromCrm } from './dates.ts';
import { BASE, MOST_SOUGHT } from './fields.ts';
import { exchange, reading } from './outcome.ts';
import { listPath } from './query.ts';
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

const List = v.object({ list: v.array(v.unknown()) });
const Head = v.looseObject({
  id: Id,
  modifiedAt: v.nullish(v.string(), ''),
  createdAt: v.nullish(v.string(), ''),
  versionNumber: v.nullish(v.number(), null),
});

export const statusDoors = (send: Send): Pick<Api, 'statusFields' | 'readStatus' | 'writeStatus'> => {
  const heldOf = (row: v.InferOutput<typeof Head>, map: StatusMap): Held | null => {
    const changedAt = fromCrm(row.modifiedAt ?? '') ?? fromCrm(row.createdAt ?? '');
    if (changedAt === null) return null;
    const seen = seenIn(map, {
      id: row.id,
      changedAt,
      value: (name) => row[name],
      // Empty, an address's own mark says that the person has no address that could be opted out.
      neverSet: (name) => !/IsOptedOut$/.test(name),
    });
    const version = row.versionNumber;
    return { seen, version: typeof version === 'number' ? String(version) : null };
  };

  const read = async (id: string, map: StatusMap): Promise<Held | Refusal> => {
    if (!isId(id)) return { is: 'invalid', field: null, why: 'not the id of a contact' };
    const answer = await exchange(send, get(`${BASE}/Contact/${id}`), Head);
    if ('is' in answer) return answer;
    return heldOf(answer.value, map) ?? { is: 'unknown', why: 'the answer could not be read' };
  };

  /** Of some people at once. A row that leaves out a field says nothing of it: that person is read alone. */
  const readSome = async (ids: readonly string[], map: StatusMap): Promise<ReadonlyMap<string, StatusSeen>> => {
    const fields = fieldsIn(map);
    const path = listPath('Contact', {
      select: ['id', 'modifiedAt', 'createdAt', ...fields].join(','),
      where: [{ type: 'in', attribute: 'id', value: ids }],
    });
    const seen = new Map<string, StatusSeen>();
    for (const raw of (await reading(send, get(path), List)).list) {
      const row = v.safeParse(Head, raw);
      if (!row.success) continue;
      const whole = fields.every((name) => row.output[name] !== undefined);
      const held = whole ? heldOf(row.output, map) : await read(row.output.id, map);
      if (held && 'is' in held && held.is !== 'gone') throw new Refused(held);
      if (held && 'seen' in held) seen.set(row.output.id, held.seen);
    }
    return seen;
  };

  const put: StatusHands['put'] = async (id, values, map, version) => {
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
      const wanted = [...new Set(ids.filter(isId))];
      const seen = new Map<string, StatusSeen>();
      for (let from = 0; from < wanted.length; from += MOST_SOUGHT)
        for (const [id, one] of await readSome(wanted.slice(from, from + MOST_SOUGHT), map)) seen.set(id, one);
      return ids.map((id) => seen.get(id) ?? null);
    },
    writeStatus: statusWriter({ read, put }),
  };
};
