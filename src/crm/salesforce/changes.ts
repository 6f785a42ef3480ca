/**
 * People that changed since a cursor, in pages. Each lane is read in the order of its own stamp and id, so a page that
 * was lost is asked again and nothing is skipped; the next round begins a little before the last stamp seen, because a
 * record that was being saved then may have got an earlier one.
 */
import * as v from 'valibot';
import { type Api, type DirectoryScope, Refused, type RemoteContact, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { BASE, CONTACT_FIELDS } from './fields.ts';
import { exchange } from './outcome.ts';
import { queryPath, quoted } from './query.ts';
import { Contact, Id, Instant } from './read.ts';

const OVERLAP_MS = 5 * 60_000;
const RECENT_DAYS = 90;

const LANES = ['changed', 'viewed', 'removed'] as const;
type Lane = (typeof LANES)[number];
const STAMP: Readonly<Record<Lane, string>> = {
  changed: 'SystemModstamp',
  viewed: 'LastViewedDate',
  removed: 'SystemModstamp',
};

const At = v.object({ stamp: v.string(), id: v.string() });
type At = v.InferOutput<typeof At>;
const Cursor = v.object({ lane: v.picklist(LANES), at: v.partial(v.object({ changed: At, viewed: At, removed: At })) });
type Cursor = v.InferOutput<typeof Cursor>;

const START: Cursor = { lane: 'changed', at: {} };

/** A cursor that cannot be read begins again: that costs time and loses nothing. */
const cursorOf = (text: string | null): Cursor => {
  try {
    const read = v.safeParse(Cursor, JSON.parse(text ?? ''));
    return read.success ? read.output : START;
  } catch {
    return START;
  }
};

const Stamped = v.object({ Id, SystemModstamp: v.nullish(Instant), LastViewedDate: v.nullish(Instant) });
const Page = v.object({ records: v.array(v.unknown()), totalSize: v.nullish(v.number(), 0) });

type Scope = DirectoryScope;

/** Whom the scope lets in: mine by owner, and whoever I opened in the CRM of late. */
const scoped = (scope: Scope, user: string): readonly string[] =>
  scope === 'all_visible' ? [] : [`(OwnerId = ${quoted(user)} OR LastViewedDate = LAST_N_DAYS:${RECENT_DAYS})`];

const filters = (lane: Lane, scope: Scope, user: string, at: At | undefined): readonly string[] => {
  const stamp = STAMP[lane];
  const after =
    at === undefined
      ? []
      : at.id === ''
        ? [`${stamp} > ${at.stamp}`]
        : [`(${stamp} > ${at.stamp} OR (${stamp} = ${at.stamp} AND Id > ${quoted(at.id)}))`];
  if (lane === 'removed') return ['IsDeleted = true', ...after];
  if (lane === 'viewed') return [`LastViewedDate = LAST_N_DAYS:${RECENT_DAYS}`, ...after];
  return [...scoped(scope, user), ...after];
};

const where = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;

const overlapped = ({ stamp, id }: At): At =>
  id === '' ? { stamp, id } : { stamp: new Date(Date.parse(stamp) - OVERLAP_MS).toISOString(), id: '' };

/** Where the next round begins. Removals count from when the first round ended: before it nobody was here. */
const nextRound = ({ at }: Cursor): Cursor => {
  const next: Cursor['at'] = {};
  for (const lane of LANES) {
    const seen = at[lane];
    if (seen) next[lane] = overlapped(seen);
  }
  if (!next.removed && next.changed) next.removed = next.changed;
  return { lane: 'changed', at: next };
};

const lanesOf = (scope: Scope, { at }: Cursor): readonly Lane[] =>
  LANES.filter((lane) => (lane === 'viewed' ? scope === 'mine_and_recent' : lane !== 'removed' || at.removed));

export const changes =
  (send: Send): NonNullable<Api['changedSince']> =>
  async ({ scope, user, after, most }) => {
    const cursor = cursorOf(after);
    const { lane } = cursor;
    const ask = async (path: string): Promise<v.InferOutput<typeof Page>> => {
      const answer = await exchange(send, get(path), Page);
      if ('is' in answer) throw new Refused(answer);
      return answer.value;
    };
    const conditions = where(filters(lane, scope, user, cursor.at[lane]));
    const about =
      cursor === START ? ((await ask(queryPath(`SELECT COUNT() FROM Contact${conditions}`))).totalSize ?? null) : null;
    const order = `ORDER BY ${STAMP[lane]}, Id LIMIT ${most}`;
    const fields = lane === 'removed' ? 'Id, SystemModstamp' : `${CONTACT_FIELDS}, ${STAMP[lane]}`;
    const soql = `SELECT ${fields} FROM Contact${conditions} ${order}`;
    const path = lane === 'removed' ? `${BASE}/queryAll?q=${encodeURIComponent(soql)}` : queryPath(soql);
    const { records } = await ask(path);

    const last = v.safeParse(Stamped, records.at(-1));
    const stamp = last.success ? (lane === 'viewed' ? last.output.LastViewedDate : last.output.SystemModstamp) : null;
    const at = last.success && stamp ? { ...cursor.at, [lane]: { stamp, id: last.output.Id } } : cursor.at;
    const moved: Cursor = { lane, at };
    // A whole page whose end cannot be read would be asked for again for ever: the lane ends there.
    const laneDone = records.length < most || at === cursor.at;
    const lanes = lanesOf(scope, cursor);
    const following = laneDone ? lanes[lanes.indexOf(lane) + 1] : lane;
    const next = following ? { lane: following, at: moved.at } : nextRound(moved);

    const contacts: RemoteContact[] = [];
    const removed: string[] = [];
    for (const record of records) {
      const read = v.safeParse(
        lane === 'removed'
          ? v.pipe(
              Stamped,
              v.transform(({ Id }) => Id),
            )
          : Contact,
        record,
      );
      if (!read.success) continue;
      if (typeof read.output === 'string') removed.push(read.output);
      else contacts.push(read.output);
    }
    const accounts = new Map(
      contacts.flatMap(({ accountId: id, accountName: name }) => (id && name ? [[id, { id, name }] as const] : [])),
    );
    return {
      contacts,
      accounts: [...accounts.values()],
      removed,
      next: JSON.stringify(next),
      done: following === undefined,
      about,
    };
  };
