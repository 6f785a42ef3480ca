/**
 * People that changed since a cursor. A round is one question, read to its end by the links that the service gives; the
 * next round begins a little before the last stamp seen, because a record that was being saved then may have got an
 * earlier one. A merged contact stays, inactive, and so is told as removed; of a deleted one the service tells only
 * whoever may read the whole organisation (change tracking), so it leaves with the next round that reads everybody.
 */
import * as v from 'valibot';
import { type Api, Refused, type RemoteContact, type Send } from '../adapter.ts';
import { ask, exchange } from './outcome.ts';
import { CONTACT_PARTS, Contact, nextPath, query } from './read.ts';
import { canonicalId } from './record-id.ts';

const OVERLAP_MS = 5 * 60_000;

/** `next`: the rest of the round under way. `seen`: the latest stamp of it. */
const Cursor = v.object({
  since: v.nullable(v.string()),
  next: v.nullable(v.string()),
  seen: v.nullable(v.string()),
});
type Cursor = v.InferOutput<typeof Cursor>;

/** A cursor that cannot be read begins again: that costs time and loses nothing. */
const cursorOf = (text: string | null): Cursor => {
  try {
    return v.parse(Cursor, JSON.parse(text ?? ''));
  } catch {
    return { since: null, next: null, seen: null };
  }
};

const Page = v.object({
  value: v.array(v.unknown()),
  '@odata.count': v.nullish(v.number(), null),
  '@odata.nextLink': v.nullish(v.string(), null),
});
const Stamped = v.object({ contactid: v.string(), modifiedon: v.string(), statecode: v.nullish(v.number(), 0) });

export const changes =
  (send: Send): NonNullable<Api['changedSince']> =>
  async ({ scope, user, after, most }) => {
    const cursor = cursorOf(after);
    const mine = canonicalId(user);
    const conditions = [
      ...(scope === 'all_visible' || !mine ? [] : [`_ownerid_value eq ${mine}`]),
      // At first only who is there; from then on also who became inactive, which is how the others leave.
      ...(cursor.since === null ? ['statecode eq 0'] : [`modifiedon ge ${cursor.since}`]),
    ];
    const [select = '', expand = ''] = CONTACT_PARTS;
    const first = query(
      'contacts',
      `${select},modifiedon,statecode`,
      expand,
      ...(conditions.length > 0 ? [`$filter=${conditions.join(' and ')}`] : []),
      '$orderby=modifiedon asc,contactid asc',
      ...(cursor.since === null ? ['$count=true'] : []),
    );
    const answer = await exchange(send, ask(cursor.next ?? first, { Prefer: `odata.maxpagesize=${most}` }), Page);
    if ('is' in answer) throw new Refused(answer);
    const page = answer.value;

    const contacts: RemoteContact[] = [];
    const removed: string[] = [];
    let seen = cursor.seen;
    for (const row of page.value) {
      const stamped = v.safeParse(Stamped, row);
      if (!stamped.success) continue;
      const { contactid, modifiedon, statecode } = stamped.output;
      if (seen === null || modifiedon > seen) seen = modifiedon;
      const read = v.safeParse(Contact, row);
      const id = canonicalId(contactid);
      if (statecode !== 0 && id) removed.push(id);
      else if (read.success) contacts.push(read.output);
    }
    const next = nextPath(page['@odata.nextLink']);
    const accounts = new Map(
      contacts.flatMap(({ accountId: id, accountName: name }) => (id && name ? [[id, { id, name }] as const] : [])),
    );
    const restart = seen === null ? cursor.since : new Date(Date.parse(seen) - OVERLAP_MS).toISOString();
    const moved: Cursor = next ? { ...cursor, next, seen } : { since: restart, next: null, seen: null };
    return {
      contacts,
      accounts: [...accounts.values()],
      removed,
      next: JSON.stringify(moved),
      done: next === null,
      about: after === null ? page['@odata.count'] : null,
    };
  };
