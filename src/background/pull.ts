/**
 * Pulls the directory: people the user may see, a page at a time, into the store. The cursor is written with the page
 * it stands for, so a stopped worker goes on where it was. It waits whenever the sender must wait, and tells the sender
 * when it was told to wait itself; sending never waits for it.
 */
import { type Changes, type DirectoryScope, Refused, Unanswered } from '../crm/adapter.ts';
import { personRow } from './directory.ts';
import type { House } from './house.ts';
import { keepTrying } from './keep-trying.ts';
import { readBackStatus } from './observing.ts';
import { PermissionMissing } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { ReadTx, WriteTx } from './store/store.ts';
import { mayKeep } from './suppression.ts';

const LOCK = 'candor.directory';
/** Small enough that what was typed meanwhile is saved at once, large enough for few requests. */
const PAGE = 200;
/** While somebody works, the directory is looked at again after this. */
const AGAIN_AFTER_MS = 4 * 60 * 60_000;
/** After an answer that was none; the next start of the worker tries again. */
const LATER_MS = 5 * 60_000;
const PAUSE_MS = 60_000;
const PAUSE_CAP_MS = 60 * 60_000;
/** What is opened in the CRM is kept this long, whether or not the scope lets it in. */
const OPENED_KEPT_MS = 90 * 86_400_000;

/** Where the pull of one connection stands; kept in `meta`. It can be lost: then it begins again. */
export interface Directory {
  readonly scope: DirectoryScope;
  readonly cursor: string | null;
  /** A round is on its way: what it got so far, of about how many. */
  readonly round: { readonly startedAt: string; readonly got: number; readonly about: number | null } | null;
  /** The first round after the scope was set reads everybody; whoever it does not meet is outside. */
  readonly whole: boolean;
  readonly finishedAt: string | null;
  readonly cancelled: boolean;
  readonly notBefore: number;
  readonly failed: 'forbidden' | 'no_answer' | null;
}

const NEW: Directory = {
  scope: 'mine_and_recent',
  cursor: null,
  round: null,
  whole: true,
  finishedAt: null,
  cancelled: false,
  notBefore: 0,
  failed: null,
};

const nameOf = (connection: string): string => `directory/${connection}`;

export const directoryOf = async (tx: ReadTx, connection: string): Promise<Directory> =>
  ((await tx.get('meta', nameOf(connection)))?.value as Directory | undefined) ?? NEW;

const keep = (tx: WriteTx, connection: string, value: Directory): Promise<void> =>
  tx.put('meta', { name: nameOf(connection), value });

const isDue = (directory: Directory, now: number): boolean => {
  if (directory.cancelled || directory.notBefore > now) return false;
  if (directory.round || directory.finishedAt === null) return true;
  return now - Date.parse(directory.finishedAt) >= AGAIN_AFTER_MS;
};

/** Begins a round now; what was cancelled goes on where it was. */
export const askForPull = async (tx: WriteTx, connection: string, scope?: DirectoryScope): Promise<void> => {
  const before = await directoryOf(tx, connection);
  const other = scope !== undefined && scope !== before.scope;
  await keep(tx, connection, {
    ...before,
    ...(other ? { scope, cursor: null, round: null, whole: true } : {}),
    cancelled: false,
    finishedAt: null,
    notBefore: 0,
    failed: null,
  });
};

export const cancelPull = async (tx: WriteTx, connection: string): Promise<void> =>
  keep(tx, connection, { ...(await directoryOf(tx, connection)), cancelled: true });

/** Writes a page with the cursor after it; at the end of a whole round, whoever is outside the scope goes. */
const settle = async (tx: WriteTx, connection: string, asked: Directory, page: Changes, now: number): Promise<void> => {
  const current = await directoryOf(tx, connection);
  // The scope was changed while the page was on its way: it answers a question nobody asks any more.
  if (current.scope !== asked.scope || current.cursor !== asked.cursor) return;
  const readAt = new Date(now).toISOString();
  const may = await mayKeep(tx);
  for (const contact of page.contacts) {
    if (!may(contact)) continue;
    const before = await tx.get('people', [connection, contact.id]);
    await tx.put('people', { ...personRow(connection, contact, readAt), ...openedOf(before) });
  }
  for (const { id, name } of page.accounts) {
    const before = await tx.get('accounts', [connection, id]);
    await tx.put('accounts', { connection, remoteId: id, name, readAt, ...openedOf(before) });
  }
  for (const remoteId of page.removed) await tx.remove('people', [connection, remoteId]);
  const round = {
    startedAt: current.round?.startedAt ?? readAt,
    got: (current.round?.got ?? 0) + page.contacts.length,
    about: current.round?.about ?? page.about,
  };
  if (page.done && current.whole) await leaveOut(tx, connection, round.startedAt, now);
  await keep(tx, connection, {
    ...current,
    cursor: page.next,
    round: page.done ? null : round,
    whole: current.whole && !page.done,
    finishedAt: page.done ? readAt : current.finishedAt,
    failed: null,
  });
};

const leaveOut = async (tx: WriteTx, connection: string, startedAt: string, now: number): Promise<void> => {
  for (const { remoteId, readAt, openedAt } of await tx.all('people', { prefix: [connection] })) {
    if (readAt >= startedAt) continue;
    const opened = openedAt !== undefined && now - Date.parse(openedAt) < OPENED_KEPT_MS;
    if (!opened) await tx.remove('people', [connection, remoteId]);
  }
};

const openedOf = (row: { readonly openedAt?: string } | undefined): { readonly openedAt?: string } =>
  row?.openedAt === undefined ? {} : { openedAt: row.openedAt };

export interface Puller {
  /** Pulls what is due, page after page; answers when nothing is due or the CRM asked to wait. */
  run(): Promise<void>;
}

export const puller = (house: House): Puller => {
  const { store, platform } = house;

  /** Answers whether another page may follow. */
  const pullPage = async (id: string): Promise<boolean> => {
    const { connection, directory } = await store.read(async (tx) => ({
      connection: await tx.get('connections', id),
      directory: await directoryOf(tx, id),
    }));
    const now = platform.now();
    if (connection?.state !== 'connected' || connection.userId === null || !platform.online()) return false;
    if (connection.pausedUntil > now || !isDue(directory, now)) return false;
    const api = house.api(connection);
    if (!api.changedSince) return false;
    try {
      const { scope, cursor } = directory;
      const page = await api.changedSince({ scope, user: connection.userId, after: cursor, most: PAGE });
      await store.write((tx) => settle(tx, id, directory, page, platform.now()));
      // In the first round everybody is new, not changed.
      if (!directory.whole) {
        await readBackStatus(
          house,
          connection,
          page.contacts.map((contact) => contact.id),
        );
      }
      house.changed();
      return true;
    } catch (error) {
      await keepTrying(platform, () => failed(connection, error));
      house.changed();
      return false;
    }
  };

  /** A wait the CRM asked for is everybody's; what only this user may not read is the directory's own. */
  const failed = (connection: ConnectionRow, error: unknown): Promise<void> =>
    store.write(async (tx) => {
      const row = await tx.get('connections', connection.id);
      if (!row) return;
      const now = platform.now();
      const outcome = error instanceof Refused ? error.outcome : null;
      if (outcome?.is === 'throttled') {
        const until = now + Math.min(outcome.after ?? PAUSE_MS, PAUSE_CAP_MS);
        await tx.put('connections', { ...row, pausedUntil: Math.max(row.pausedUntil, until) });
        return;
      }
      if (error instanceof SignInNeeded || outcome?.is === 'sign_in_needed') {
        await tx.put('connections', { ...row, state: 'sign_in_needed' });
        return;
      }
      if (error instanceof PermissionMissing) {
        await tx.put('connections', { ...row, state: 'permission_missing' });
        return;
      }
      const directory = await directoryOf(tx, connection.id);
      const passing = error instanceof Unanswered || outcome?.is === 'transient' || outcome?.is === 'unknown';
      await keep(tx, connection.id, {
        ...directory,
        failed: passing ? 'no_answer' : 'forbidden',
        notBefore: now + (passing ? LATER_MS : AGAIN_AFTER_MS),
      });
    });

  return {
    run: async () => {
      await platform.alone(LOCK, async () => {
        for (const { id } of await store.read((tx) => tx.all('connections'))) while (await pullPage(id));
      });
    },
  };
};
