/**
 * A whole background in Node against the demo EspoCRM. "Killing the worker" leaves its last request hanging for ever
 * and starts another one, with locks of its own, on the same store.
 */
import { type DemoEspo, type DemoEspoOptions, startDemoEspo } from '../../demo/crm/espocrm/index.ts';
import { buildHouse } from '../../src/background/building.ts';
import { memoryStore } from '../../src/background/store/memory.ts';
import { type Watched, watched } from '../../src/background/store/watched.ts';
import { type Sender, sender } from '../../src/background/sync.ts';
import type { Ask } from '../../src/contract.ts';
import { type Asking, asking, logAt, settle, tellAt } from './asking.ts';
import { NOW, say, type TestPlatform, testPlatform } from './house.ts';

/** What the network does to the nth request of a worker. */
export type Network = (request: {
  n: number;
  method: string;
  url: string;
}) => 'pass' | 'hang_before' | 'hang_after' | 'twice' | 'twice_lost' | 'lost';

export interface EspoHouse {
  readonly espo: DemoEspo;
  readonly store: Watched;
  readonly platform: TestPlatform;
  readonly sender: Sender;
  network: Network;
  /** Resolves once a request hangs: the moment at which the worker is killed. */
  readonly hung: Promise<void>;
  readonly ask: Asking;
  url(name: string): string;
  log(name: string, line: string): Promise<string>;
  sendAll(): Promise<void>;
  /** Another worker on the same store, some time later. */
  reboot(laterMs?: number): EspoHouse;
  close(): Promise<void>;
}

const build = (espo: DemoEspo, store: Watched, clock: { platform: TestPlatform }, time: number): EspoHouse => {
  const platform = testPlatform((url) => url, time);
  clock.platform = platform;
  let hang = (): void => {};
  const hung = new Promise<void>((resolve) => {
    hang = resolve;
  });
  const real = platform.fetch;
  let n = 0;
  platform.fetch = async (url, init) => {
    n += 1;
    const act = opened.network({ n, method: init.method, url });
    if (act === 'hang_before') hang();
    if (act === 'hang_before') return new Promise(() => {});
    const answer = await real(url, init);
    if (act === 'lost') throw new TypeError('lost');
    if (act === 'twice' || act === 'twice_lost') await real(url, init);
    if (act === 'twice_lost') throw new TypeError('lost');
    if (act === 'hang_after') hang();
    return act === 'hang_after' ? new Promise(() => {}) : answer;
  };
  const house = buildHouse({ store, platform, say, changed: () => {}, wake: () => {} });
  const sending = sender(house, () => {});
  const ask = asking(house);
  const url = (name: string): string => `${espo.origins.loopback}/#Contact/view/${espo.named('Contact', name).id}`;
  const opened: EspoHouse = {
    espo,
    store,
    platform,
    sender: sending,
    network: () => 'pass',
    hung,
    ask,
    url,
    log: (name, line) => logAt(ask, platform, url(name), line),
    sendAll: async () => {
      platform.time += 10_000;
      await sending.run();
    },
    reboot: (laterMs = 0) => build(espo, store, clock, platform.time + laterMs),
    close: () => espo.close(),
  };
  return opened;
};

export const openEspoHouse = async (
  options: DemoEspoOptions = {},
  credentials?: (espo: DemoEspo) => Ask<'connect'>['credentials'],
): Promise<EspoHouse> => {
  const clock: { platform: TestPlatform | null } = { platform: null };
  const espo = await startDemoEspo({ now: () => new Date(clock.platform?.time ?? NOW), ...options });
  const opened = build(espo, watched(memoryStore()), clock as { platform: TestPlatform }, NOW);
  await settle(opened.ask);
  const given = credentials ? credentials(espo) : { key: espo.issueKey() };
  const connected = await opened.ask('connect', {
    address: espo.origins.loopback,
    clientId: '',
    ...(given ? { credentials: given } : {}),
  });
  if ('is' in connected) throw new Error(`not connected: ${JSON.stringify(connected)}`);
  return opened;
};

/** Makes somebody told through the product's own messages. */
export const tellEspo = async ({ ask, platform, url }: EspoHouse, name: string): Promise<void> => {
  await tellAt(ask, platform, url(name), name);
};
