/**
 * What the organisation lacks for Candor to work: nothing that an administrator has to make, since we choose our own
 * ids. What can be missing is this person's right to write. Reads privileges, changes nothing.
 */
import * as v from 'valibot';
import { type Api, Refused, type Send } from '../adapter.ts';
import { BASE, TO_LINK, TO_WRITE } from './fields.ts';
import { ask, exchange, reading } from './outcome.ts';
import { WhoAmI } from './read.ts';

const Privileges = v.object({ RolePrivileges: v.array(v.unknown()) });

export const setupReader =
  (send: Send): Api['setup'] =>
  async () => {
    const { UserId } = await reading(send, ask(`${BASE}/WhoAmI`), WhoAmI);
    const has = async (privilege: string): Promise<boolean> => {
      const path = `${BASE}/systemusers(${UserId})/Microsoft.Dynamics.CRM.RetrieveUserPrivilegeByPrivilegeName(PrivilegeName='${privilege}')`;
      const answer = await exchange(send, ask(path), Privileges);
      if (!('is' in answer)) return answer.value.RolePrivileges.length > 0;
      // An older service does not know the question, and some roles may not ask it: then the first write will say.
      if (answer.is === 'invalid' || answer.is === 'gone' || answer.is === 'forbidden') return true;
      throw new Refused(answer);
    };
    const all = async (privileges: readonly string[]): Promise<boolean> => {
      for (const privilege of privileges) if (!(await has(privilege))) return false;
      return true;
    };
    return {
      missing: (await all(TO_WRITE)) ? [] : ['activity_access'],
      attendeeLinks: await all(TO_LINK),
    };
  };
