/** Connecting a CRM: its permission was granted by a click, then sign-in, then a look at the organisation's set-up. */
import type { Answer, Recognised } from '../../contract.ts';
import { type About, type Credentials, type KeyAuth, Refused, type Tenant, Unanswered } from '../../crm/adapter.ts';
import { accepts, asksOf } from '../../domain/own-fields.ts';
import { mayUseSession } from '../authority.ts';
import { connectionId, type House } from '../house.ts';
import { keep, look, lookAndKeep } from '../looking.ts';
import { forgetSession } from '../page-session.ts';
import { sendOnce } from '../send.ts';
import { originsToReach, SignInFailed, signIn, tokenName } from '../sign-in.ts';
import { keptFrom } from '../status-fields.ts';
import type { ConnectionRow } from '../store/schema.ts';
import { connectionView } from '../views/connection.ts';
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

export const recognise: Handler<'recognise'> = async (
  { abouts, platform },
  { address },
): Promise<Recognised | null> => {
  const [found] = tenantsOf(abouts, address);
  if (!found) return null;
  const { about, tenant, apiOrigin } = found;
  const session = about.auth.kind === 'oauth' && about.auth.session !== undefined && (await mayUseSession(platform));
  return {
    crm: { id: about.id, name: about.name },
    tenant,
    certain: !about.selfHosted,
    auth: about.auth.kind,
    session: session ? new URL(apiOrigin).host : null,
    origins: originsToAsk(found),
    redirectUri: platform.redirectUri(),
  };
};

export const connect: Handler<'connect'> = async (house, { address, clientId, credentials, session }) => {
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
      return await connectionView(house, await keep(house, looked));
    }
    if (session) return await bySession(house, row, before, found.about);
    const tokens = await signIn({ platform, about: found.about, connection: row });
    const signedIn = { ...row, refreshToken: tokens.refresh };
    await store.write(async (tx) => {
      // The sign-in took its time: a wait that the CRM asked for meanwhile stays.
      const now = await tx.get('connections', id);
      await tx.put('connections', { ...signedIn, pausedUntil: now?.pausedUntil ?? signedIn.pausedUntil });
    });
    await platform.session.set(tokenName(id), tokens.access);
    await giveBackCookies(house);
    return await connectionView(house, await lookAndKeep(house, signedIn));
  } catch (error) {
    if (error instanceof SignInFailed) return refused('refuseSignIn', found.about.name, error.message);
    if (error instanceof Unanswered || error instanceof Refused) return refused('refuseNoAnswer', found.about.name);
    throw error;
  }
};

/** By the session of the person's own pages: looked at before it is kept, so that none changes nothing. */
const bySession = async (
  house: House,
  row: ConnectionRow,
  before: ConnectionRow | undefined,
  { auth, name }: About,
): Promise<Answer<'connect'>> => {
  const { store, platform } = house;
  if (auth.kind !== 'oauth' || !auth.session) return refused('refuseNotThisCrm', name);
  forgetSession(store, row.id);
  // Whoever is signed in there now becomes the one whose logs these are: this click says so.
  const anybody: ConnectionRow = { ...row, clientId: '', session: { other: null }, userId: null };
  const { signIn: _, ...asBefore } = anybody;
  const looked = await look(house, before?.signIn ? { ...asBefore, signIn: before.signIn } : asBefore);
  if (looked.state === 'permission_missing') return refused('refusePermission', name);
  if (looked.state === 'sign_in_needed') return refused('refuseNoSession', name, new URL(row.apiOrigin).host);
  if (looked.missing.includes('api_access')) return refused('refuseSessionNotAllowed', name);
  const signedIn: ConnectionRow = { ...looked, ...(row.signIn ? { signIn: row.signIn } : {}) };
  await store.write(async (tx) => {
    const now = await tx.get('connections', row.id);
    await tx.put('connections', { ...signedIn, pausedUntil: now?.pausedUntil ?? signedIn.pausedUntil });
  });
  await platform.session.remove(tokenName(row.id));
  return connectionView(house, await keep(house, signedIn));
};

/** The permission is held only as long as a connection uses it. */
const giveBackCookies = async ({ store, platform }: House): Promise<void> => {
  const rows = await store.read((tx) => tx.all('connections'));
  if (!rows.some(({ session }) => session && !session.off)) await platform.giveBack('cookies');
};

export const testConnection: Handler<'testConnection'> = async (house, { connection }) => {
  const row = await house.store.read((tx) => tx.get('connections', connection));
  if (!row) throw new Error('this connection is gone');
  forgetSession(house.store, connection);
  return connectionView(house, await lookAndKeep(house, row));
};

export const connections: Handler<'connections'> = async (house) => {
  const rows = await house.store.read((tx) => tx.all('connections'));
  return Promise.all(rows.map((row) => connectionView(house, row)));
};

/** Forgets the tokens, and gives back what was only asked for them. Logs and their queue stay on the device. */
export const disconnect: Handler<'disconnect'> = async (house, { connection }) => {
  await house.store.write(async (tx) => {
    const row = await tx.get('connections', connection);
    if (!row) return;
    const off = row.session ? { session: { other: null, off: true as const } } : {};
    const signIn = house.platform.id();
    await tx.put('connections', { ...row, ...off, state: 'sign_in_needed', refreshToken: null, signIn });
  });
  await house.platform.session.remove(tokenName(connection));
  forgetSession(house.store, connection);
  await giveBackCookies(house);
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
