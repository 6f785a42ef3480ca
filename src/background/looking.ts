/** Looks at an organisation with a connection's credentials: who they are, and what it lacks. */
import { type Identity, Refused, type Setup } from '../crm/adapter.ts';
import { renewed } from '../domain/own-fields.ts';
import type { House } from './house.ts';
import { SessionNotAllowed } from './page-session.ts';
import { PermissionMissing, SignInChanged } from './send.ts';
import { SignInNeeded } from './sign-in.ts';
import { keptFrom } from './status-fields.ts';
import type { ConnectionRow } from './store/schema.ts';

/** Says who the user is and what the organisation lacks; the queue is kept whatever it is. */
export const look = async (house: House, row: ConnectionRow): Promise<ConnectionRow> => {
  const api = house.api(row);
  let identity: Identity;
  let setup: Setup;
  try {
    identity = await api.whoAmI();
    setup = await api.setup();
  } catch (error) {
    if (error instanceof PermissionMissing) return { ...row, state: 'permission_missing' };
    if (error instanceof SessionNotAllowed) return { ...row, state: 'waiting_for_setup', missing: ['api_access'] };
    if (error instanceof SignInNeeded) return { ...row, state: 'sign_in_needed' };
    if (error instanceof Refused && error.outcome.is === 'sign_in_needed') return { ...row, state: 'sign_in_needed' };
    if (error instanceof Refused && error.outcome.is === 'forbidden') {
      return { ...row, state: 'waiting_for_setup', missing: ['api_access'] };
    }
    throw error;
  }
  // What has no place for a status still takes logs: no answer here stops nothing.
  const fields = await api.statusFields().catch(() => null);
  return {
    ...row,
    ...(fields ? { status: keptFrom(fields, row.status?.chosen) } : {}),
    userId: identity.userId,
    userName: identity.userName,
    organisation: identity.organisation,
    attendeeLinks: setup.attendeeLinks,
    missing: setup.missing,
    own: renewed(row.own, setup.required),
    ...(row.session ? { session: { other: null } } : {}),
    state: setup.missing.length > 0 ? 'waiting_for_setup' : 'connected',
  };
};

/** Who signed in meanwhile is looked at by their own sign-in; here stands what is known of them. */
export const lookAndKeep = async (house: House, row: ConnectionRow): Promise<ConnectionRow> => {
  try {
    return await keep(house, await look(house, row));
  } catch (error) {
    if (!(error instanceof SignInChanged)) throw error;
    return (await house.store.read((tx) => tx.get('connections', row.id))) ?? row;
  }
};

/** Only what the look changed is written: a token rotated meanwhile is not overwritten. */
export const keep = async (house: House, looked: ConnectionRow): Promise<ConnectionRow> => {
  await house.store.write(async (tx) => {
    const now = await tx.get('connections', looked.id);
    // Somebody signed in or out while we looked: what we saw is not theirs.
    if (!now || now.signIn !== looked.signIn) return;
    const { userId, userName, organisation, attendeeLinks, missing, state, status, own, session } = looked;
    const kept = {
      ...{ userId, userName, organisation, attendeeLinks, missing, state },
      ...(status ? { status } : {}),
      // Who else is signed in there was written where it was found.
      ...(session && state !== 'sign_in_needed' ? { session } : {}),
      ...(own ? { own: renewed(now.own, own.required) } : {}),
    };
    await tx.put('connections', { ...now, ...kept });
  });
  house.changed();
  house.wake();
  return (await house.store.read((tx) => tx.get('connections', looked.id))) ?? looked;
};
