/** Choosing several people who have not been told, to tell them one after the other. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ContactRow } from '../../contract.ts';
import { Sign } from '../../ui/signs.tsx';
import type { Say } from '../../words.ts';

/** More at once is nobody's afternoon, and more than an address holds. */
export const MOST = 100;

/** Whom a notice can be prepared for: not told, and not objected. */
export const canBeTold = ({ status }: ContactRow): boolean => status.flag !== 'told' && status.flag !== 'objected';

export interface PickedPeople {
  /** In the order of the list; only people in it. */
  readonly chosen: readonly string[];
  /** All in the list who can be told, the first hundred of them. */
  readonly open: readonly string[];
  readonly has: (id: string) => boolean;
  readonly pick: (id: string, to: boolean) => void;
  readonly pickAll: (to: boolean) => void;
}

export const usePicked = (rows: readonly ContactRow[]): PickedPeople => {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const able = rows.filter(canBeTold).map(({ id }) => id);
  const open = able.slice(0, MOST);
  return {
    chosen: able.filter((id) => ids.has(id)).slice(0, MOST),
    open,
    has: (id) => ids.has(id),
    pick: (id, to) => setIds((before) => new Set(to ? [...before, id] : [...before].filter((one) => one !== id))),
    pickAll: (to) => setIds(new Set(to ? open : [])),
  };
};

/** Nobody here can be told: nothing to choose. */
export const PickAll = ({ say, picked }: { say: Say; picked: PickedPeople }): JSX.Element | null =>
  picked.open.length === 0 ? null : (
    <label class="pickall">
      <input
        type="checkbox"
        checked={picked.chosen.length === picked.open.length}
        onChange={(event) => picked.pickAll(event.currentTarget.checked)}
      />
      {say({ key: 'dashPickAll', count: picked.open.length, args: [picked.open.length] })}
    </label>
  );

/** What can be done with those who are chosen; stays in sight while the list moves. */
export const Picked = ({ say, picked, href }: { say: Say; picked: PickedPeople; href: string }): JSX.Element | null => {
  const count = picked.chosen.length;
  if (count === 0) return null;
  return (
    <div class="picked">
      <a class="button primary" href={href}>
        <Sign name="mail" />
        {say({ key: 'dashTellMany', count, args: [count] })}
      </a>
      <button type="button" class="button" onClick={() => picked.pickAll(false)}>
        {say('dashPickNobody')}
      </button>
    </div>
  );
};
