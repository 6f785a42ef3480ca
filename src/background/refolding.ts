/**
 * States that an older fold stored are folded again, a few people at a time, from where the last run stopped. Until then
 * they are read strictly (`domain/status/upgraded.ts`), so nothing opens by accident while it lasts.
 */
import { contactStream } from '../domain/events.ts';
import { FOLD_VERSION } from '../domain/status.ts';
import type { House } from './house.ts';
import { refold } from './ledger.ts';
import type { ReadTx } from './store/store.ts';

const LOCK = 'candor.refold';
const META = 'refolding';
/** People in one transaction: a page that saves meanwhile waits for no more than these. */
const BATCH = 50;

interface Refolding {
  readonly version: number;
  /** The last person looked at; null once everybody was. */
  readonly after: string | null;
  readonly looked: number;
  readonly done: boolean;
}
const START: Refolding = { version: FOLD_VERSION, after: null, looked: 0, done: false };

const stateOf = async (tx: ReadTx): Promise<Refolding> => {
  const held = (await tx.get('meta', META))?.value as Refolding | undefined;
  return held?.version === FOLD_VERSION ? held : START;
};

/** How far it is; null when everybody's state is of this fold. */
export const refoldingProgress = async (
  tx: ReadTx,
): Promise<{ readonly looked: number; readonly of: number } | null> => {
  const { done, looked } = await stateOf(tx);
  if (done) return null;
  const of = await tx.count('contacts');
  return of === 0 ? null : { looked, of };
};

/** Folds everybody again who needs it. A second call while one runs does nothing. */
export const refolder =
  ({ store, platform, changed }: House) =>
  async (): Promise<void> => {
    await platform.alone(LOCK, async () => {
      for (let going = true; going; ) {
        going = await store.write(async (tx) => {
          const before = await stateOf(tx);
          if (before.done) return false;
          const people = await tx.all('contacts', {
            limit: BATCH,
            ...(before.after === null ? {} : { after: before.after }),
          });
          for (const { contact, state } of people) {
            if (state.v !== FOLD_VERSION) await refold(tx, contactStream(contact));
          }
          const last = people.at(-1)?.contact ?? null;
          const value: Refolding = {
            ...before,
            after: last,
            looked: before.looked + people.length,
            done: last === null,
          };
          await tx.put('meta', { name: META, value });
          return last !== null;
        });
        if (going) changed();
      }
    });
  };
