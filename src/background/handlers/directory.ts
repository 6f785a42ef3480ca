/** The local directory as the options page shows it: whom it holds, how far a pull is, and its scope. */
import type { DirectoryView, Sentence } from '../../contract.ts';
import type { House } from '../house.ts';
import { askForPull, cancelPull as cancel, type Directory, directoryOf } from '../pull.ts';
import type { ConnectionRow } from '../store/schema.ts';
import { done, type Handler, refused } from './handler.ts';

const sentenceOf = (house: House, row: ConnectionRow, directory: Directory, people: number): Sentence => {
  const { round, cancelled, failed, finishedAt } = directory;
  if (cancelled) return { key: 'directoryCancelled', args: [people], count: people };
  if (failed === 'forbidden') return { key: 'directoryForbidden' };
  if (row.state !== 'connected') return { key: 'directoryWaits', args: [people], count: people };
  if (round || finishedAt === null) {
    if (failed) return { key: 'directoryNoAnswer' };
    if (row.pausedUntil > house.platform.now()) return { key: 'directoryPaused' };
    const got = round?.got ?? 0;
    const number = (count: number): string => new Intl.NumberFormat(house.platform.language()).format(count);
    return round?.about && directory.whole && got <= round.about
      ? { key: 'directoryPullingOf', args: [number(got), number(round.about)] }
      : { key: 'directoryPulling', args: [number(got)] };
  }
  return { key: 'directoryHas', args: [people], count: people };
};

export const directories: Handler<'directories'> = (house) =>
  house.store.read(async (tx) => {
    const views: DirectoryView[] = [];
    for (const row of await tx.all('connections')) {
      if (!house.api(row).changedSince) continue;
      const directory = await directoryOf(tx, row.id);
      const people = await tx.count('people', { prefix: [row.id] });
      const { round, cancelled, failed, finishedAt } = directory;
      views.push({
        connection: row.id,
        scope: directory.scope,
        people,
        pulling: !cancelled && failed === null && row.state === 'connected' && (round !== null || finishedAt === null),
        got: round?.got ?? 0,
        about: directory.whole ? (round?.about ?? null) : null,
        finishedAt,
        sentence: sentenceOf(house, row, directory, people),
      });
    }
    return views;
  });

const change = async (house: House, connection: string, write: Parameters<House['store']['write']>[0]) => {
  const known = await house.store.read((tx) => tx.get('connections', connection));
  if (!known) return refused('refuseConnectionGone');
  await house.store.write(write);
  house.changed();
  house.wake();
  return done;
};

export const pullDirectory: Handler<'pullDirectory'> = (house, { connection, scope }) =>
  change(house, connection, (tx) => askForPull(tx, connection, scope));

export const cancelPull: Handler<'cancelPull'> = (house, { connection }) =>
  change(house, connection, (tx) => cancel(tx, connection));
