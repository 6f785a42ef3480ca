/** How a house is put together from a store, the seams and words, and what it does when it is woken. */
import { abouts } from '../crm/abouts.ts';
import { apis } from '../crm/apis.ts';
import type { House } from './house.ts';
import { apiFor } from './lane.ts';
import { peopleSearch } from './people-search.ts';
import { puller } from './pull.ts';
import { refolder } from './refolding.ts';
import { reweigher } from './reweighing.ts';
import { sessionsBack } from './session-back.ts';
import type { Watched } from './store/watched.ts';
import { sender } from './sync.ts';
import { type Wake, wake } from './wake.ts';

export interface Parts extends Pick<House, 'platform' | 'say' | 'changed'> {
  readonly store: Watched;
}

/** A house with every CRM that there is, reached through its lane. */
export const buildHouse = (parts: Parts & Pick<House, 'wake'>): House => {
  const { store, platform } = parts;
  return {
    ...parts,
    people: peopleSearch(store),
    abouts,
    api: (connection) => {
      const about = abouts.find(({ id }) => id === connection.crm);
      const makeApi = apis[connection.crm];
      if (!about || !makeApi) throw new Error(`no adapter for ${connection.crm}`);
      return apiFor({ store, platform, about, connection }, makeApi);
    },
  };
};

/** The same, and awake: it sends, pulls and weighs again whenever `reminder` says so. */
export const startHouse = (
  parts: Parts,
  report: (error: unknown) => void,
): { readonly house: House; readonly reminder: Wake } => {
  const house = buildHouse({ ...parts, wake: () => reminder.now() });
  const outgoing = sender(house, (due) => reminder.at(due));
  const pulling = puller(house);
  const refold = refolder(house);
  const reweigh = reweigher(house);
  const comeBack = sessionsBack(house);
  const reminder = wake(
    house.platform,
    async () => {
      // Neither may keep what is due from leaving: a lease asks the gate again by the rules as they are then.
      await refold().catch(report);
      await reweigh().catch(report);
      await comeBack().catch(report);
      await outgoing.run();
      // Not awaited: a long pull must not keep the next log from being sent.
      pulling.run().catch(report);
    },
    report,
  );
  return { house, reminder };
};
