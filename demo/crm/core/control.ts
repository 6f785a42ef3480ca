import type { Act, FaultScript, Faults, Matcher } from './faults.ts';
import { json, type RecordedRequest, type Reply } from './requests.ts';

/**
 * The demo's own remote control, for a tour that drives a browser: fault script, requests seen, records, the switches of
 * an administrator. Only for a caller on this machine who names it by its loopback name; a web page cannot, since its
 * requests carry another origin.
 */

export const CONTROL_PREFIX = '/__demo/';

/** What every demo CRM lets itself be told and asked; its own switches come as functions of the body. */
export interface Controlled {
  readonly faults: Faults;
  readonly requests: readonly RecordedRequest[];
  records(type: string | null): unknown;
  effects(): unknown;
  expireTokens(): void;
  reset(): void;
  readonly switches: Readonly<Record<string, (body: Readonly<Record<string, unknown>>) => unknown>>;
}

const LOOPBACK = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

export function controlAllowed(request: RecordedRequest): boolean {
  const origin = request.headers.origin;
  return LOOPBACK.test(request.host) && (origin === undefined || LOOPBACK.test(origin.replace(/^https?:\/\//, '')));
}

export function control(request: RecordedRequest, url: URL, org: Controlled): Reply {
  const name = url.pathname.slice(CONTROL_PREFIX.length);
  const body = (request.body === '' ? {} : JSON.parse(request.body)) as Record<string, unknown>;
  switch (`${request.method} ${name}`) {
    case 'GET faults':
      return json(200, { waiting: org.faults.waiting });
    case 'POST faults': {
      const script: FaultScript = {
        do: body.do as Act,
        match: body.match as Exclude<Matcher, (request: RecordedRequest) => boolean> | undefined,
        times: body.times as number | undefined,
      };
      org.faults.add(script);
      return json(201, { waiting: org.faults.waiting });
    }
    case 'DELETE faults':
      org.faults.clear();
      return json(200, { waiting: 0 });
    case 'GET requests':
      return json(200, org.requests);
    case 'GET records':
      return json(200, org.records(url.searchParams.get('sobject')));
    case 'GET effects':
      return json(200, org.effects());
    case 'POST expire':
      org.expireTokens();
      return json(200, {});
    case 'POST reset':
      org.reset();
      return json(200, {});
    default: {
      const turn = request.method === 'POST' && Object.hasOwn(org.switches, name) ? org.switches[name] : undefined;
      return turn === undefined ? json(404, { message: 'No such control' }) : json(200, turn(body));
    }
  }
}
