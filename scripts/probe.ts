/**
 * `npm run probe -- --crm espocrm --url https://crm.example.com --user mara --key …`: asks a real server whether it is
 * as our adapter believes. It makes an account, two people and some activities, all named *Candor probe*, and removes
 * them again. It talks to the given address and to nothing else; the key is neither printed nor written.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Request, type Response, type Send, type Tenant, Unanswered } from '../src/crm/adapter.ts';
import { probe, type Result } from './probe/checks.ts';
import { subject as dynamics } from './probe/dynamics.ts';
import { subject as espocrm } from './probe/espocrm.ts';
import { subject as salesforce } from './probe/salesforce.ts';
import type { Subject } from './probe/subject.ts';

const SUBJECTS: Readonly<Record<string, Subject>> = { salesforce, dynamics, espocrm };

const USAGE = `npm run probe -- --crm <${Object.keys(SUBJECTS).join('|')}> --url <address> [--user <name>] --key <key>

  --user   your name there: --key is then your password, and buys a token
  --key    an API key without --user, or an access token where people sign in with OAuth; or put it into
           CANDOR_PROBE_KEY, where other people on this machine cannot read it
  --out    where the findings go; probe.json unless told

Use an organisation for trying things out: records are made and removed.`;

const ANSWER_WITHIN_MS = 30_000;

/** Reaches one address and whatever lies below it, follows nothing, and keeps what was made. */
export const sender = (base: URL, made: (request: Request, answer: Response) => void) => {
  const root = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
  return (credentials: Readonly<Record<string, string>>): Send =>
    async (request) => {
      const { method, path, headers, body, raw } = request;
      const content = body === undefined ? raw : { type: 'application/json', text: JSON.stringify(body) };
      const url = new URL(`${root}${path}`);
      if (!path.startsWith('/') || url.origin !== base.origin || !url.href.startsWith(`${root}/`)) {
        throw new Error(`refused to send to ${url.origin}`);
      }
      try {
        const answer = await fetch(url, {
          method,
          headers: {
            accept: 'application/json',
            ...(content ? { 'content-type': content.type } : {}),
            ...headers,
            ...credentials,
          },
          ...(content ? { body: content.text } : {}),
          redirect: 'error',
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        const read = {
          status: answer.status,
          headers: Object.fromEntries(answer.headers),
          text: await answer.text(),
        };
        if (method !== 'GET' && answer.ok) made(request, read);
        return read;
      } catch (cause) {
        throw new Unanswered('no whole answer', { cause });
      }
    };
};

/** A demo server: it listens here, under no name of a vendor's. */
const onThisMachine = (address: string): Tenant | null => {
  const { origin, hostname } = new URL(address);
  return hostname === '127.0.0.1' ? { tenant: hostname, uiOrigin: origin, apiOrigin: origin } : null;
};

const SIGNS = { holds: 'holds      ', differs: 'DIFFERS    ', unsupported: 'unsupported' } as const;
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      crm: { type: 'string' },
      url: { type: 'string' },
      user: { type: 'string' },
      key: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const subject = SUBJECTS[values.crm ?? ''];
  const key = values.key ?? process.env.CANDOR_PROBE_KEY;
  if (!subject || !values.url || !URL.canParse(values.url) || !key) {
    say(USAGE);
    return 2;
  }
  const tenant = subject.about.tenantFromUrl(values.url) ?? onThisMachine(values.url);
  if (!tenant) {
    say(`${values.url} is not an address of ${subject.about.name}: https, without a name or password in it.`);
    return 2;
  }
  const base = new URL(`${tenant.apiOrigin}${tenant.apiPath ?? ''}`);
  const broom: string[] = [];
  const to = sender(base, (request, answer) => broom.push(...subject.made(request, answer)));
  const bare = to({});
  const credentials = await subject.signIn(bare, values.user ?? null, key);
  if (!credentials) {
    say(`${base.origin} did not accept this name and password. It was tried once.`);
    return 1;
  }
  const send = to(credentials);
  const at = new Date().toISOString();
  const run = at.replace(/\D/g, '');
  say(`Probing ${subject.about.name} at ${base.href}\n`);
  let results: readonly Result[] = [];
  try {
    const wrong = to(
      Object.fromEntries(
        Object.keys(credentials).map((name) => [name, name.endsWith('token') ? 'true' : 'd3Jvbmc6a2V5']),
      ),
    );
    results = await probe(
      { subject, send, bare, wrong, label: `Candor probe ${run.slice(0, 14)}`, run },
      ({ check, is, detail }) => say(`${SIGNS[is]}  ${check}${detail ? `: ${detail}` : ''}`),
    );
  } finally {
    // Last made, first removed: activities before the people in them.
    const left: string[] = [];
    for (const path of [...new Set(broom)].reverse()) {
      const answer = await send({ method: 'DELETE', path }).catch(() => null);
      if (!answer || (answer.status !== 404 && answer.status >= 300)) left.push(path);
    }
    const out = values.out ?? 'probe.json';
    const finding = {
      crm: subject.about.id,
      url: base.href,
      user: values.user ?? null,
      at,
      results,
      removed: broom.length - left.length,
      left,
    };
    writeFileSync(out, `${JSON.stringify(finding, null, 2)}\n`);
    const count = (is: Result['is']): number => results.filter((result) => result.is === is).length;
    say(
      `\n${count('holds')} hold, ${count('differs')} differ, ${count('unsupported')} unsupported. Written to ${out}.`,
    );
    say(left.length === 0 ? `All ${broom.length} records were removed.` : `Please remove by hand: ${left.join(', ')}`);
  }
  return results.some(({ is }) => is === 'differs') ? 1 : 0;
};

process.exitCode = await main();
