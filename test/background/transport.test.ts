/** What a broken or hostile server can answer: the one way to the network gives up in bounded time and memory. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchWithin } from '../../src/background/platform.ts';
import { openHouse, tell } from '../support/house.ts';

const BOMB = gzipSync(Buffer.alloc(100 * 1024 * 1024));
const WITHIN = 1_500;

const answers: Record<string, (response: ServerResponse) => void> = {
  bomb: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(BOMB);
  },
  endless: (response) => {
    response.writeHead(200);
    const more = (): void => {
      while (!response.destroyed && response.write(' '.repeat(65_536)));
      if (!response.destroyed) response.once('drain', more);
    };
    more();
  },
  promisesTwoGigabytes: (response) => {
    response.writeHead(200, { 'content-length': String(2 * 1024 ** 3) });
    response.write('{');
  },
  resetInTheMiddle: (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"a":', () => setTimeout(() => response.socket?.resetAndDestroy(), 20));
  },
  resetAtOnce: (response) => void response.socket?.resetAndDestroy(),
  stalls: (response) => {
    response.writeHead(200);
    response.write('{');
  },
  neverAnswers: () => undefined,
  shorterThanPromised: (response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{}', () => setTimeout(() => response.socket?.end(), 20));
  },
};

let server: Server;
let elsewhere: Server;
let origin = '';
const heardElsewhere: IncomingMessage[] = [];
const listen = (on: Server): Promise<string> =>
  new Promise((resolve) => {
    on.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(on.address() as AddressInfo).port}`));
  });
beforeAll(async () => {
  elsewhere = createServer((request, response) => {
    heardElsewhere.push(request);
    response.end('{}');
  });
  const other = await listen(elsewhere);
  for (const status of [301, 302, 303, 307, 308]) {
    answers[`redirect${status}`] = (response) => {
      response.writeHead(status, { location: `${other}/stolen` });
      response.end();
    };
  }
  server = createServer((request, response) => answers[(request.url ?? '').slice(1)]?.(response));
  origin = await listen(server);
});
afterAll(() => {
  for (const one of [server, elsewhere]) {
    one.closeAllConnections();
    one.close();
  }
});

const ask = (name: string) =>
  fetchWithin(WITHIN)(`${origin}/${name}`, { method: 'POST', headers: { authorization: 'Bearer secret' }, body: '{}' });

describe('the one way to the network', () => {
  it.each(Object.keys(answers))('gives up on a server that %s, in bounded time', async (name) => {
    const began = performance.now();
    await expect(ask(name)).rejects.toThrow();
    expect(performance.now() - began).toBeLessThan(WITHIN + 4_000);
  });

  it('does not wait for two promised gigabytes', async () => {
    const began = performance.now();
    await expect(ask('promisesTwoGigabytes')).rejects.toThrow('too large');
    expect(performance.now() - began).toBeLessThan(WITHIN);
  });

  it('holds at most a small multiple of its cap, however much a bomb unpacks to', async () => {
    const before = process.memoryUsage().rss;
    for (let times = 0; times < 3; times += 1) await expect(ask('bomb')).rejects.toThrow();
    expect((process.memoryUsage().rss - before) / 1024 ** 2).toBeLessThan(250);
  });

  it.each([301, 302, 303, 307, 308])('follows no %i, and nobody else hears the token', async (status) => {
    await expect(ask(`redirect${status}`)).rejects.toThrow();
    expect(heardElsewhere).toEqual([]);
  });
});

describe('a CRM that asks for time', () => {
  const A_DAY = 86_400_000;
  const AT_MOST = 3_600_000;
  it.each([
    ['seconds', '120', 120_000],
    ['a date, by the server’s own clock', 'in 120 s', 120_000],
    ['garbage', 'soon', null],
    ['nothing', undefined, null],
    ['a huge number', '999999999', AT_MOST],
    ['a date in a year', 'in 31536000 s', AT_MOST],
    ['a date that is over', 'in -500 s', 0],
  ] as const)(
    'with %s: no request inside the wait, also when the worker is started again and the clock is wrong',
    async (_what, header, wait) => {
      for (const status of [429, 503]) {
        let house = await openHouse();
        try {
          await tell(house, 'Dana Reyes');
          const { org, platform } = house;
          // The device is five hours fast; the server's dates are right.
          const skew = 5 * 3_600_000;
          const server = () => platform.time - skew;
          const real = platform.fetch;
          platform.fetch = async (url, init) => {
            const answer = await real(url, init);
            const asked = /^in (-?\d+) s$/u.exec(header ?? '')?.[1];
            const retry = asked === undefined ? header : new Date(server() + Number(asked) * 1000).toUTCString();
            return answer.status === status
              ? {
                  ...answer,
                  headers: {
                    ...answer.headers,
                    date: new Date(server()).toUTCString(),
                    ...(retry === undefined ? {} : { 'retry-after': retry }),
                  },
                }
              : answer;
          };
          await house.log('Dana Reyes', 'met @dana, a note');
          org.faults.add({ do: { status }, match: ({ method }) => method !== 'GET' });
          await house.sendAll();
          const until = (await house.store.read((tx) => tx.get('connections', house.connection)))?.pausedUntil ?? 0;
          const paused = until - platform.time;
          if (wait === null) expect(paused).toBeGreaterThan(0);
          else expect(Math.abs(paused - wait)).toBeLessThanOrEqual(1_000);
          expect(paused).toBeLessThanOrEqual(Math.max(AT_MOST, A_DAY / 24));

          const before = platform.sent.length;
          for (let starts = 0; starts < 3 && paused > 0; starts += 1) {
            house = house.reboot();
            platform.time += Math.floor((paused - 2) / 3);
            await house.sender.run();
          }
          expect(platform.sent.length, 'a request inside the wait').toBe(before);
          platform.time = Math.max(until, platform.time) + 1;
          await house.sender.run();
          expect(org.records.all('Event')).toHaveLength(1);
        } finally {
          await house.close();
        }
      }
    },
  );
});
