import type { Reply } from '../core/requests.ts';
import { badRequest } from './errors.ts';

/** `$batch`: a multipart body in, a multipart body out; a change set inside it is all or nothing. */

export interface Call {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentId: string | undefined;
}
export type Entry = { readonly call: Call } | { readonly changeSet: readonly Call[] };

const boundaryOf = (type: string | undefined): string | undefined =>
  /multipart\/mixed\s*;.*\bboundary="?([^";]+)"?/i.exec(type ?? '')?.[1];

function headersIn(text: string): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf(':');
    if (at > 0) headers[line.slice(0, at).trim().toLowerCase()] = line.slice(at + 1).trim();
  }
  return headers;
}

function halves(text: string): [string, string] {
  const at = /\r?\n\r?\n/.exec(text);
  return at ? [text.slice(0, at.index), text.slice(at.index + at[0].length)] : [text, ''];
}

function partsOf(body: string, boundary: string): string[] {
  const pieces = `\r\n${body}`.split(new RegExp(`\\r?\\n--${boundary.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  const end = pieces.findIndex((piece) => piece.startsWith('--'));
  if (end < 0) throw badRequest('The batch request has no end.', '0x80060888');
  return pieces.slice(1, end).map((piece) => piece.replace(/^[ \t]*\r?\n/, ''));
}

function callIn(part: string): Call {
  const [outer, rest] = halves(part);
  const [head, body] = halves(rest.replace(/^\s+/, ''));
  const [line = '', ...more] = head.split(/\r?\n/);
  const found = /^([A-Z]+) (\S+)(?: HTTP\/1\.1)?$/.exec(line.trim());
  if (!found) throw badRequest(`Invalid request line '${line}' in the batch.`, '0x80060888');
  const target = found[2] ?? '';
  return {
    method: found[1] ?? 'GET',
    path: /^https?:\/\//.test(target) ? target.replace(/^https?:\/\/[^/]+/, '') : target,
    headers: headersIn(more.join('\n')),
    body: body.trim(),
    contentId: headersIn(outer)['content-id'],
  };
}

export function entriesOf(type: string | undefined, body: string): Entry[] {
  const boundary = boundaryOf(type);
  if (boundary === undefined) throw badRequest('The Content-Type of a batch has a boundary.', '0x80060888');
  return partsOf(body, boundary).map((part) => {
    const [head, rest] = halves(part);
    const inner = boundaryOf(headersIn(head)['content-type']);
    return inner === undefined ? { call: callIn(part) } : { changeSet: partsOf(rest, inner).map(callIn) };
  });
}

const WORDS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  412: 'Precondition Failed',
  429: 'Too Many Requests',
};

export interface Answered {
  readonly reply: Reply;
  readonly contentId: string | undefined;
}

function answerText({ reply, contentId }: Answered, inChangeSet: boolean): string {
  const headers = Object.entries(reply.headers ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  return [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    ...(inChangeSet && contentId !== undefined ? [`Content-ID: ${contentId}`] : []),
    '',
    `HTTP/1.1 ${reply.status} ${WORDS[reply.status] ?? 'Status'}`,
    ...headers,
    '',
    reply.body === undefined ? '' : String(reply.body),
  ].join('\r\n');
}

/** The answers, in order: one alone, or those of a change set that went through. */
export function batchReply(answers: readonly (Answered | readonly Answered[])[], status: number, mark: string): Reply {
  const boundary = `batchresponse_${mark}`;
  const parts = answers.map((answer, index) => {
    if (!Array.isArray(answer)) return answerText(answer as Answered, false);
    const inner = `changesetresponse_${mark}_${index}`;
    const texts = (answer as readonly Answered[]).map((each) => `--${inner}\r\n${answerText(each, true)}\r\n`);
    return `Content-Type: multipart/mixed; boundary=${inner}\r\n\r\n${texts.join('')}--${inner}--`;
  });
  return {
    status,
    headers: { 'Content-Type': `multipart/mixed; boundary=${boundary}`, 'OData-Version': '4.0' },
    body: `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`,
  };
}
