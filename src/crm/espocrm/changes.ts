/**
 * People that changed since a cursor, in the order of their stamps. Stamps are whole seconds, and many records may have
 * one: the cursor says how many of its second are read. Of removed people this CRM tells nothing; they leave with the
 * next round that reads everybody.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send } from '../adapter.ts';
import { get } from '../exchange.ts';
import { fromCrm, toCrm } from './dates.ts';
import { CONTACT_ATTRIBUTES, MOST } from './fields.ts';
import { exchange } from './outcome.ts';
import { listPath } from './query.ts';
import { Contact } from './read.ts';

const OVERLAP_MS = 5 * 60_000;

const Cursor = v.object({ at: v.nullable(v.string()), skip: v.number() });
type Cursor = v.InferOutput<typeof Cursor>;
const START: Cursor = { at: null, skip: 0 };

/** A cursor that cannot be read begins again: that costs time and loses nothing. */
const cursorOf = (text: string | null): Cursor => {
  try {
    return v.parse(Cursor, JSON.parse(text ?? ''));
  } catch {
    return START;
  }
};

const Page = v.object({ list: v.array(v.unknown()), total: v.nullish(v.number(), -1) });
const Stamped = v.object({ modifiedAt: v.string() });

export const changes =
  (send: Send): NonNullable<Api['changedSince']> =>
  async ({ scope, user, after, most }) => {
    const cursor = cursorOf(after);
    const size = Math.min(most, MOST);
    const path = listPath('Contact', {
      select: `${CONTACT_ATTRIBUTES},modifiedAt`,
      where: [
        ...(scope === 'all_visible' ? [] : [{ type: 'equals' as const, attribute: 'assignedUserId', value: user }]),
        ...(cursor.at === null
          ? []
          : [{ type: 'greaterThanOrEquals' as const, attribute: 'modifiedAt', value: cursor.at }]),
      ],
      orderBy: 'modifiedAt',
      most: size,
      offset: cursor.skip,
    });
    const answer = await exchange(send, get(path), Page);
    if ('is' in answer) throw new Refused(answer);
    const { list, total } = answer.value;

    const stamps = list.flatMap((row) => {
      const read = v.safeParse(Stamped, row);
      return read.success && fromCrm(read.output.modifiedAt) ? [read.output.modifiedAt] : [];
    });
    const last = stamps.at(-1) ?? cursor.at;
    const done = list.length < size || stamps.length === 0;
    // Rows of the last second of this page, and those of pages before that had the same.
    const ofLast = stamps.filter((stamp) => stamp === last).length + (last === cursor.at ? cursor.skip : 0);
    const contacts = list.flatMap((row) => {
      const read = v.safeParse(Contact, row);
      return read.success ? [read.output] : [];
    });
    const accounts = new Map(
      contacts.flatMap(({ accountId: id, accountName: name }) => (id && name ? [[id, { id, name }] as const] : [])),
    );
    const restart = last === null ? null : toCrm(new Date(Date.parse(fromCrm(last) ?? '') - OVERLAP_MS).toISOString());
    const next: Cursor = done ? { at: restart, skip: 0 } : { at: last, skip: ofLast };
    return {
      contacts,
      accounts: [...accounts.values()],
      removed: [],
      next: JSON.stringify(next),
      done,
      about: after === null && total !== null && total >= 0 ? total : null,
    };
  };
