/**
 * A whole background in Node against the demo server of any CRM, for behaviour that must be the same for all. Signed
 * in as after a consent: the connection and its tokens are put into the store.
 */

import type { Faults } from '../../demo/crm/core/faults.ts';
import type { RecordedRequest } from '../../demo/crm/core/requests.ts';
import { startDataverse } from '../../demo/crm/dynamics/index.ts';
import { startDemoEspo } from '../../demo/crm/espocrm/index.ts';
import { startDemoOrg } from '../../demo/crm/index.ts';
import { buildHouse } from '../../src/background/building.ts';
import { connectionId, type House } from '../../src/background/house.ts';
import { tokenName } from '../../src/background/sign-in.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import type { ConnectionRow, OutboxRow } from '../../src/background/store/schema.ts';
import type { Store } from '../../src/background/store/store.ts';
import { watched } from '../../src/background/store/watched.ts';
import { type Sender, sender } from '../../src/background/sync.ts';
import { type Asking, asking, logAt, settle, tellAt } from './asking.ts';
import { NOW, say, type TestPlatform, testPlatform } from './house.ts';

export const CRMS = ['salesforce', 'dynamics', 'espocrm'] as const;
export type Crm = (typeof CRMS)[number];

/** What a demo server is, whichever CRM it plays. */
interface Served {
  readonly uiOrigin: string;
  readonly apiOrigin: string;
  readonly tenant: string;
  /** Where the requests of these origins go. */
  readonly loopback: string;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  readonly user: string;
  readonly credential: { readonly access: string | null; readonly refresh: string | null };
  expire(): void;
  contact(name: string): string;
  contactUrl(id: string): string;
  activities(): readonly { readonly subject: string; readonly note: string }[];
  removeContact(id: string): void;
  setStop(id: string, channel: 'email' | 'phone', value: boolean): void;
  stops(id: string): { readonly email: boolean; readonly phone: boolean };
  /** From now on the organisation demands a field of every activity, one of these where it can say so; null: no longer. */
  demand(choices: readonly string[] | null): void;
  /** The same of a reference to another record, which no value can stand for. */
  demandReference(): void;
  /** What that field holds, of each activity. */
  demanded(): readonly unknown[];
  /** Candor's own fields of a contact. */
  entries(id: string): { readonly disclosure: string | null; readonly line: string | null };
  close(): Promise<void>;
}

/** A choice is a number in one of the CRMs: each word has its own for ever. */
const REGIONS = ['North', 'South', 'West', 'East'];
const FIRST_CHOICE = 768_420_000;

const serve: Readonly<Record<Crm, (now: () => Date) => Promise<Served>>> = {
  salesforce: async (now) => {
    const org = await startDemoOrg({ now });
    const tokens = org.issueToken();
    const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
    return {
      uiOrigin: org.origins.ui,
      apiOrigin: org.origins.api,
      tenant: org.hosts.ui,
      loopback: org.origins.loopback,
      requests: org.requests,
      faults: org.faults,
      user: tokens.userId,
      credential: { access: tokens.accessToken, refresh: tokens.refreshToken ?? null },
      expire: () => org.expireTokens(),
      contact: (name) => String(org.records.contact(name).Id),
      contactUrl: (id) => org.recordUrl(id),
      activities: () =>
        [...org.records.all('Event'), ...org.records.all('Task')].map((row) => ({
          subject: String(row.Subject),
          note: String(row.Description ?? ''),
        })),
      removeContact: (id) => org.remove(id),
      setStop: (id, channel, value) =>
        org.change(id, { [channel === 'email' ? 'HasOptedOutOfEmail' : 'DoNotCall']: value }),
      stops: (id) => {
        const row = org.records.byId(id);
        return { email: row?.HasOptedOutOfEmail === true, phone: row?.DoNotCall === true };
      },
      entries: (id) => {
        const row = org.records.byId(id);
        return { disclosure: text(row?.Candor_Disclosure__c), line: text(row?.Candor_Status__c) };
      },
      demand: (choices) => org.demand(choices && { name: 'Region__c', label: 'Region', choices }),
      demandReference: () => org.demand({ name: 'Project__c', label: 'Project', choices: [], refers: true }),
      demanded: () => [...org.records.all('Event'), ...org.records.all('Task')].map((row) => row.Region__c),
      close: () => org.close(),
    };
  },
  dynamics: async (now) => {
    const org = await startDataverse({ now, spa: false });
    const tokens = org.issueToken();
    const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
    return {
      uiOrigin: org.origins.ui,
      apiOrigin: org.origins.api,
      tenant: org.hosts.org,
      loopback: org.origins.loopback,
      requests: org.requests,
      faults: org.faults,
      user: tokens.userId,
      credential: { access: tokens.accessToken, refresh: tokens.refreshToken ?? null },
      expire: () => org.expireTokens(),
      contact: (name) => String(org.records.contact(name).contactid),
      contactUrl: (id) => org.recordUrl('contact', id),
      activities: () =>
        ['appointment', 'phonecall', 'task'].flatMap((table) =>
          org.records.all(table).map((row) => ({ subject: String(row.subject), note: String(row.description ?? '') })),
        ),
      removeContact: (id) => org.remove('contact', id),
      setStop: (id, channel, value) =>
        org.change('contact', id, { [channel === 'email' ? 'donotbulkemail' : 'donotphone']: value }),
      stops: (id) => {
        const row = org.records.byId('contact', id);
        return { email: row?.donotbulkemail === true, phone: row?.donotphone === true };
      },
      entries: (id) => {
        const row = org.records.byId('contact', id);
        return { disclosure: text(row?.hal_candordisclosure), line: text(row?.hal_candorstatus) };
      },
      demand: (choices) =>
        org.demand(
          choices && {
            name: 'hal_region',
            type: 'int',
            choices: choices.map((label) => ({ value: REGIONS.indexOf(label) + FIRST_CHOICE, label })),
          },
        ),
      demandReference: () => org.demand({ name: 'hal_project', refers: true }),
      demanded: () =>
        ['appointment', 'phonecall', 'task'].flatMap((table) =>
          org.records.all(table).map((row) => REGIONS[Number(row.hal_region) - FIRST_CHOICE]),
        ),
      close: () => org.close(),
    };
  },
  espocrm: async (now) => {
    const espo = await startDemoEspo({ now });
    const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
    const row = (id: string) => espo.all('Contact').find((one) => one.id === id);
    return {
      uiOrigin: espo.origins.loopback,
      apiOrigin: espo.origins.loopback,
      tenant: espo.origins.loopback,
      loopback: espo.origins.loopback,
      requests: espo.requests,
      faults: espo.faults,
      user: espo.user.id,
      credential: { access: null, refresh: `key ${espo.issueKey()}` },
      expire: () => espo.expireTokens(),
      contact: (name) => espo.named('Contact', name).id,
      contactUrl: (id) => `${espo.origins.loopback}/#Contact/view/${id}`,
      activities: () =>
        (['Meeting', 'Call', 'Task'] as const).flatMap((entity) =>
          espo.all(entity).map(({ name, description }) => ({ subject: String(name), note: String(description ?? '') })),
        ),
      removeContact: (id) => espo.remove('Contact', id),
      setStop: (id, channel, value) =>
        espo.change('Contact', id, { [channel === 'email' ? 'emailAddressIsOptedOut' : 'doNotCall']: value }),
      stops: (id) => ({ email: row(id)?.emailAddressIsOptedOut === true, phone: row(id)?.doNotCall === true }),
      entries: (id) => ({ disclosure: text(row(id)?.cCandorDisclosure), line: text(row(id)?.cCandorStatus) }),
      demand: (choices) => espo.demand(choices && { name: 'cRegion', choices }),
      demandReference: () => espo.demand({ name: 'cProjectId', choices: [] }),
      demanded: () =>
        (['Meeting', 'Call', 'Task'] as const).flatMap((entity) => espo.all(entity).map(({ cRegion }) => cRegion)),
      close: () => espo.close(),
    };
  },
};

export interface CrmHouse {
  readonly crm: Served;
  readonly house: House;
  readonly store: Store;
  readonly platform: TestPlatform;
  readonly connection: string;
  readonly ask: Asking;
  log(name: string, line: string): Promise<string>;
  /** Moves the clock, and sends what is due. */
  sendAll(laterMs?: number): Promise<void>;
  rows(): Promise<readonly OutboxRow[]>;
  row(): Promise<ConnectionRow>;
  tell(name: string): Promise<string>;
  close(): Promise<void>;
}

export const openCrmHouse = async (name: Crm): Promise<CrmHouse> => {
  const clock: { platform: TestPlatform | null } = { platform: null };
  const crm = await serve[name](() => new Date(clock.platform?.time ?? NOW));
  const route = (url: string): string => {
    const { origin, pathname, search } = new URL(url);
    // The identity service of one CRM is another host; on the loopback they share a server.
    const known = [crm.apiOrigin, crm.uiOrigin, 'https://login.microsoftonline.com'];
    if (!known.includes(origin)) throw new TypeError(`no route to ${origin}`);
    return `${crm.loopback}${pathname}${search}`;
  };
  const platform = testPlatform(route, NOW);
  clock.platform = platform;
  const store = watched(memoryStore());
  const connection = connectionId(name, crm.tenant);
  const house = buildHouse({ store, platform, say, changed: () => {}, wake: () => {} });
  const sending: Sender = sender(house, () => {});
  const ask = asking(house);
  const row: ConnectionRow = {
    id: connection,
    crm: name,
    tenant: crm.tenant,
    uiOrigin: crm.uiOrigin,
    apiOrigin: crm.apiOrigin,
    clientId: name === 'salesforce' ? 'candor-demo-client' : '11111111-2222-4333-8444-555555555555',
    state: 'connected',
    userId: crm.user,
    userName: 'Mara Lindqvist',
    organisation: 'Halden',
    missing: [],
    attendeeLinks: true,
    connectedAt: new Date(NOW).toISOString(),
    pausedUntil: 0,
    refreshToken: crm.credential.refresh,
  };
  await store.write((tx) => tx.put('connections', row));
  if (crm.credential.access) await platform.session.set(tokenName(connection), crm.credential.access);
  await settle(ask);
  const urlOf = (person: string): string => crm.contactUrl(crm.contact(person));
  return {
    crm,
    house,
    store,
    platform,
    connection,
    ask,
    log: (person, line) => logAt(ask, platform, urlOf(person), line),
    sendAll: async (laterMs = 10_000) => {
      platform.time += laterMs;
      await sending.run();
    },
    rows: () => store.read((tx) => tx.all('outbox')),
    row: async () => {
      const found = await store.read((tx) => tx.get('connections', connection));
      if (!found) throw new Error('the connection is gone');
      return found;
    },
    tell: (person) => tellAt(ask, platform, urlOf(person), person),
    close: () => crm.close(),
  };
};
