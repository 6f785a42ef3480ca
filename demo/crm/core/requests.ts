/** What the server saw: one entry per request, answered or not. Control requests are not kept. */
export interface RecordedRequest {
  readonly method: string;
  readonly host: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
  /** The status sent, or null while none was sent (dropped, or still open). */
  status: number | null;
  /** The fault that was played on it, if any. */
  fault: string | null;
}

/** What a room answers: written to the socket in one place only, so that a fault can do the work and swallow the answer. */
export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: {
      'Content-Type': 'application/json;charset=UTF-8',
      'Cache-Control': 'no-cache,must-revalidate',
      ...headers,
    },
    body: JSON.stringify(body),
  };
}

export const redirect = (to: string, status = 302): Reply => ({ status, headers: { Location: to } });
