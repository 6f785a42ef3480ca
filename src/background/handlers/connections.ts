/** Connecting a CRM: its permission was granted by a click, then sign-in, then a look at the organisation's set-up. */
import type { ConnectionView, Recognised, StatusPlace } from '../../contract.ts';
import {
  type About,
  type Credentials,
  type Identity,
  type KeyAuth,
  Refused,
  type Setup,
  type Tenant,
  Unanswered,
} from '../../crm/adapter.ts';
import { fits, STATUS_PARTS } from '../../domain/crm-status.ts';
import { accepts, asksOf, renewed } from '../../domain/own-fields.ts';
import { connectionId, type House } from '../house.ts';
import { PermissionMissing, SignInChanged, sendOnce } from '../send.ts';
import { originsToReach, SignInFailed, SignInNeeded, signIn, tokenName } from '../sign-in.ts';
import { type Kept, keptFrom } from '../status-fields.ts';
import type { ConnectionRow } from '../store/schema.ts';
import { ownView } from '../views/own.ts';
import { done, type Handler, refused } from './handler.ts';

type Found = Tenant & { readonly about: About };

/** Every CRM it may be an address of: at most one where the address proves it, else all that are self-hosted. */
const tenantsOf = (abouts: readonly About[], address: string): readonly Found[] => {
  const url = /^[a-z]+:\/\//iu.test(address.trim()) ? address.trim() : `https://${address.trim()}`;
  const found = abouts.flatMap((about) => {
    const tenant = about.tenantFromUrl(url);
    return tenant ? [{ about, ...tenant }] : [];
  });
  const certain = found.find(({ about }) => !about.selfHosted);
  return certain ? [certain] : found;
};

/** The one it is. Where the address proves nothing the CRM itself is asked; null when none says yes. */
const certainly = async (house: House, candidates: readonly Found[]): Promise<Found | null> => {
  for (const found of candidates) {
    const { selfHosted } = found.about;
    if (!selfHosted) return found;
    const answer = await sendOnce(house.platform, found, { method: 'GET', path: selfHosted.ask });
    if (selfHosted.isOurs(answer)) return found;
  }
  return null;
};

/** Sign-in where there is no OAuth; null when the CRM takes neither the key nor the name and password. */
const credentialFor = async (
  { platform }: House,
  tenant: Tenant,
  auth: KeyAuth,
  given: Credentials,
): Promise<string | null> => {
  if ('key' in given) return auth.fromKey(given.key.trim());
  const { headers, ...request } = auth.login.request(given.user.trim(), given.password);
  return auth.login.credential(given.user.trim(), await sendOnce(platform, tenant, request, headers));
};

/** The pages, the API and the sign-in, each once. */
const originsToAsk = ({ about, uiOrigin, apiOrigin }: Found): readonly string[] => [
  ...new Set([`${uiOrigin}/*`, ...originsToReach(about, { apiOrigin })]),
];

export const recognise: Handler<'recognise'> = ({ abouts, platform }, { address }): Recognised | null => {
  const [found] = tenantsOf(abouts, address);
  if (!found) return null;
  const { about, tenant } = found;
  return {
    crm: { id: about.id, name: about.name },
    tenant,
    certain: !about.selfHosted,
    auth: about.auth.kind,
    origins: originsToAsk(found),
    redirectUri: platform.redirectUri(),
  };
};

const view = async (house: House, row: ConnectionRow): Promise<ConnectionView> => {
  const about = house.abouts.find(({ id }) => id === row.crm);
  const waiting = await house.store.read((tx) => tx.count('outbox', { index: 'state', prefix: [row.id, 'queued'] }));
  return {
    id: row.id,
    crm: { id: row.crm, name: about?.name ?? row.crm },
    tenant: row.tenant,
    state: row.state,
    user: row.userName,
    organisation: row.organisation,
    missing: row.missing.map((what) => ({
      what: { key: `setup_${what}` },
      forAdministrator: { key: `setupAdmin_${what}` },
    })),
    attendeeLinks: row.attendeeLinks,
    pausedUntil: row.pausedUntil > house.platform.now() ? new Date(row.pausedUntil).toISOString() : null,
    waiting,
    redirectUri: house.platform.redirectUri(),
    clientId: row.clientId,
    auth: about?.auth.kind ?? 'oauth',
    places: row.status ? placesIn(row.status) : null,
    own: asksOf(row.own).map((field) => ownView(field, row.own?.values[field.name])),
  };
};

const placesIn = ({ offered, map }: Kept): readonly StatusPlace[] =>
  STATUS_PARTS.map((part) => ({
    part,
    what: { key: `statusPart_${part}` },
    field: map[part] ?? null,
    choices: offered.filter((field) => fits(part, field)).map(({ name, label }) => ({ name, label })),
  }));

/** Says who the user is and what the organisation lacks; the queue is kept whatever it is. */
const look = async (house: House, row: ConnectionRow): Promise<ConnectionRow> => {
  const api = house.api(row);
  let identity: Identity;
  let setup: Setup;
  try {
    identity = await api.whoAmI();
    setup = await api.setup();
  } catch (error) {
    if (error instanceof PermissionMissing) return { ...row, state: 'permission_missing' };
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
    state: setup.missing.length > 0 ? 'waiting_for_setup' : 'connected',
  };
};

export const connect: Handler<'connect'> = async (house, { address, clientId, credentials }) => {
  const { store, platform } = house;
  const candidates = tenantsOf(house.abouts, address);
  const [first] = candidates;
  if (!first) return refused('refuseAddress');
  if (!(await platform.granted(originsToAsk(first)))) return refused('refusePermission', first.about.name);
  const found = await certainly(house, candidates).catch(() => 'silent' as const);
  if (found === 'silent') return refused('refuseNoAnswer', first.about.name);
  if (!found) return refused('refuseNotThisCrm', first.about.name);
  const id = connectionId(found.about.id, found.tenant);
  const before = await store.read((tx) => tx.get('connections', id));
  const row: ConnectionRow = {
    id,
    crm: found.about.id,
    tenant: found.tenant,
    uiOrigin: found.uiOrigin,
    apiOrigin: found.apiOrigin,
    ...(found.apiPath ? { apiPath: found.apiPath } : {}),
    clientId: clientId.trim(),
    state: 'sign_in_needed',
    userId: before?.userId ?? null,
    userName: before?.userName ?? null,
    organisation: before?.organisation ?? null,
    missing: [],
    attendeeLinks: before?.attendeeLinks ?? true,
    // Backlog is counted from the first connection; connecting again does not forgive anything since.
    connectedAt: before?.connectedAt ?? new Date(platform.now()).toISOString(),
    pausedUntil: before?.pausedUntil ?? 0,
    refreshToken: null,
    ...(before?.status ? { status: before.status } : {}),
    ...(before?.own ? { own: before.own } : {}),
    signIn: platform.id(),
  };
  try {
    const { auth } = found.about;
    if (auth.kind === 'key') {
      const credential = credentials ? await credentialFor(house, found, auth, credentials) : null;
      // Looked at before it is kept: a wrong key changes nothing of a connection that was there.
      const looked = credential ? await look(house, { ...row, refreshToken: credential }) : row;
      if (looked.state === 'sign_in_needed') return refused('refuseKey', found.about.name);
      await store.write((tx) => tx.put('connections', looked));
      return await keep(house, looked);
    }
    const tokens = await signIn({ platform, about: found.about, connection: row });
    const signedIn = { ...row, refreshToken: tokens.refresh };
    await store.write(async (tx) => {
      // The sign-in took its time: a wait that the CRM asked for meanwhile stays.
      const now = await tx.get('connections', id);
      await tx.put('connections', { ...signedIn, pausedUntil: now?.pausedUntil ?? signedIn.pausedUntil });
    });
    await platform.session.set(tokenName(id), tokens.access);
    return await lookAndKeep(house, signedIn);
  } catch (error) {
    if (error instanceof SignInFailed) return refused('refuseSignIn', found.about.name, error.message);
    if (error instanceof Unanswered || error instanceof Refused) return refused('refuseNoAnswer', found.about.name);
    throw error;
  }
};

/** Who signed in meanwhile is looked at by their own sign-in; here stands what is known of them. */
const lookAndKeep = async (house: House, row: ConnectionRow): Promise<ConnectionView> => {
  try {
    return await keep(house, await look(house, row));
  } catch (error) {
    if (!(error instanceof SignInChanged)) throw error;
    return view(house, (await house.store.read((tx) => tx.get('connections', row.id))) ?? row);
  }
};

/** Only what the look changed is written: a token rotated meanwhile is not overwritten. */
const keep = async (house: House, looked: ConnectionRow): Promise<ConnectionView> => {
  await house.store.write(async (tx) => {
    const now = await tx.get('connections', looked.id);
    // Somebody signed in or out while we looked: what we saw is not theirs.
    if (!now || now.signIn !== looked.signIn) return;
    const { userId, userName, organisation, attendeeLinks, missing, state, status, own } = looked;
    const kept = {
      ...{ userId, userName, organisation, attendeeLinks, missing, state },
      ...(status ? { status } : {}),
      ...(own ? { own: renewed(now.own, own.required) } : {}),
    };
    await tx.put('connections', { ...now, ...kept });
  });
  house.changed();
  house.wake();
  const row = await house.store.read((tx) => tx.get('connections', looked.id));
  return view(house, row ?? looked);
};

export const testConnection: Handler<'testConnection'> = async (house, { connection }) => {
  const row = await house.store.read((tx) => tx.get('connections', connection));
  if (!row) throw new Error('this connection is gone');
  return lookAndKeep(house, row);
};

export const connections: Handler<'connections'> = async (house) => {
  const rows = await house.store.read((tx) => tx.all('connections'));
  return Promise.all(rows.map((row) => view(house, row)));
};

/** Forgets the tokens. Logs and their queue stay on the device. */
export const disconnect: Handler<'disconnect'> = async (house, { connection }) => {
  await house.store.write(async (tx) => {
    const row = await tx.get('connections', connection);
    if (row)
      await tx.put('connections', { ...row, state: 'sign_in_needed', refreshToken: null, signIn: house.platform.id() });
  });
  await house.platform.session.remove(tokenName(connection));
  house.changed();
  return done;
};

export const placeStatus: Handler<'placeStatus'> = async (house, { connection, part, field }) => {
  const placed = await house.store.write(async (tx) => {
    const row = await tx.get('connections', connection);
    if (!row?.status) return false;
    const chosen = { ...row.status.chosen, [part]: field };
    await tx.put('connections', { ...row, status: keptFrom(row.status, chosen) });
    return true;
  });
  if (!placed) return refused('refuseConnectionGone');
  house.changed();
  return done;
};

/** A value for what the organisation demands; null takes it back. Logs that waited for it go. */
export const answerOwn: Handler<'answerOwn'> = async (house, { connection, field: name, value }) => {
  const kept = await house.store.write(async (tx) => {
    const row = await tx.get('connections', connection);
    const field = asksOf(row?.own).find((one) => one.name === name);
    if (!row?.own || !field) return 'refuseConnectionGone';
    if (value !== null && !accepts(field, value)) return 'refuseOwnValue';
    const { [name]: _, ...others } = row.own.values;
    const values = value === null ? others : { ...others, [name]: value };
    await tx.put('connections', { ...row, own: { ...row.own, values } });
    return null;
  });
  if (kept) return refused(kept);
  house.changed();
  house.wake();
  return done;
};
