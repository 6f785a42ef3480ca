/**
 * Restrictions pass: what a person objected to, withdrew or had restricted goes to every connection that already holds
 * them, whatever the gate says about anything else; where none does, it is recorded and nothing is sent. It waits for
 * the ten seconds in which a slip can be taken back, and for nothing else. What only brings the CRM's copy of a status up
 * to date goes the same way behind them.
 */
import { contactStream, type Entry, type FactType, type RemoteLink } from '../domain/events.ts';
import { passings } from '../domain/restrictions.ts';
import { UNDO_MS } from './corrections.ts';
import type { Platform } from './platform.ts';
import type { WriteTx } from './store/store.ts';

/** What passes only to say that something is open again, or that a notice failed: it restricts nobody and follows. */
const CLOSES_NOTHING: ReadonlySet<FactType> = new Set<FactType>([
  'notice.failed',
  'data.rectified',
  'objection.resolved',
  'restriction.lifted',
]);

/** Puts a row for each connection that holds the person. `links` are theirs before the fact: an erasure ends them. */
export const letPass = async (
  tx: WriteTx,
  platform: Pick<Platform, 'now'>,
  contact: string,
  links: readonly RemoteLink[],
  entries: readonly Entry[],
): Promise<void> => {
  for (const entry of entries) {
    for (const { connection, remoteId, key, follows } of passings(entry, { links })) {
      const row = await tx.get('connections', connection);
      if (!row || (await tx.get('outbox', key))) continue;
      await tx.put('outbox', {
        key,
        activity: contactStream(contact),
        connection,
        user: row.userId,
        step: follows || CLOSES_NOTHING.has(entry.fact.type) ? 'status' : 'restriction',
        state: 'queued',
        because: [],
        notBefore: platform.now() + (entry.fact.type === 'erasure.executed' ? 0 : UNDO_MS),
        attempts: 0,
        sentAt: null,
        head: entry.hash,
        crosses: null,
        fields: [],
        words: null,
        why: null,
        about: { contact, remoteId },
      });
    }
  }
};
