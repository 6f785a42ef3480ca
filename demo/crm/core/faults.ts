import type { RecordedRequest } from './requests.ts';

export type Matcher =
  | ((request: RecordedRequest) => boolean)
  | { readonly method?: string; readonly pathIncludes?: string; readonly bodyIncludes?: string };

/**
 * - `drop_before`: the socket is closed before any work is done.
 * - `drop_after`: the work is done and committed, then the socket is closed with no byte answered.
 * - `race`: the work is done, and the answer is what the slower of two equal writes gets.
 * - `expire`: 401 as this CRM says it, and every access token is invalid from then on.
 * - `{ status, retryAfter? , body? }`: that status, no work done.
 * - `{ cutAfter }`: the work is done, that many bytes of the answer's body are sent, then the socket is closed.
 * - `{ slowMs }`: waits, then goes on as usual.
 */
export type Act =
  | 'drop_before'
  | 'drop_after'
  | 'race'
  | 'expire'
  | { readonly status: number; readonly retryAfter?: string; readonly body?: unknown }
  | { readonly cutAfter: number }
  | { readonly slowMs: number };

export interface FaultScript {
  /** Without it the fault takes the next API requests; pages are touched only by a matcher that asks for them. */
  readonly match?: Matcher | undefined;
  /** How many requests it takes; one unless told. */
  readonly times?: number | undefined;
  readonly do: Act;
}

interface Waiting {
  readonly script: FaultScript;
  left: number;
}

export interface Faults {
  /** Returns a function that takes the fault back. */
  add(script: FaultScript): () => void;
  clear(): void;
  /** How many requests are still to be touched. */
  readonly waiting: number;
  /** The next fault for this request, counted down. */
  take(request: RecordedRequest): Act | undefined;
}

function matches(
  matcher: Matcher | undefined,
  request: RecordedRequest,
  isApiPath: (path: string) => boolean,
): boolean {
  if (matcher === undefined) return isApiPath(request.path);
  if (typeof matcher === 'function') return matcher(request);
  return (
    (matcher.method === undefined || matcher.method.toUpperCase() === request.method) &&
    (matcher.pathIncludes === undefined || request.path.includes(matcher.pathIncludes)) &&
    (matcher.bodyIncludes === undefined || request.body.includes(matcher.bodyIncludes))
  );
}

/** `isApiPath`: what faults touch unless they say otherwise. */
export function makeFaults(isApiPath: (path: string) => boolean): Faults {
  let queue: Waiting[] = [];
  return {
    add(script) {
      const entry = { script, left: script.times ?? 1 };
      queue.push(entry);
      return () => {
        queue = queue.filter((each) => each !== entry);
      };
    },
    clear() {
      queue = [];
    },
    get waiting() {
      return queue.reduce((sum, each) => sum + each.left, 0);
    },
    take(request) {
      const entry = queue.find((each) => matches(each.script.match, request, isApiPath));
      if (entry === undefined) return undefined;
      entry.left -= 1;
      if (entry.left <= 0) queue = queue.filter((each) => each !== entry);
      return entry.script.do;
    },
  };
}

export function nameOf(act: Act): string {
  if (typeof act === 'string') return act;
  if ('status' in act) return `status ${act.status}`;
  return 'slowMs' in act ? `slow ${act.slowMs} ms` : `cut after ${act.cutAfter} bytes`;
}
