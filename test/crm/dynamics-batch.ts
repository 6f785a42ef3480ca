/** Answers to a batch, written out as the service writes them. */
import type { Response } from '../../src/crm/adapter.ts';
import { BASE } from '../../src/crm/dynamics/fields.ts';

export interface Part {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const http = ({ status, headers = {}, body }: Part): string =>
  [
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    `HTTP/1.1 ${status} Word`,
    ...Object.entries({ 'OData-Version': '4.0', ...headers }).map(([name, value]) => `${name}: ${value}`),
    '',
    body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body),
  ].join('\r\n');

const delimited = (boundary: string, parts: readonly string[]): string =>
  `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

/** One entry each: a part alone, or the parts of a change set. */
export const batchText = (entries: readonly (Part | readonly Part[])[]): string =>
  delimited(
    'batchresponse_1',
    entries.map((entry, at) =>
      Array.isArray(entry)
        ? `Content-Type: multipart/mixed; boundary=changesetresponse_${at}\r\n\r\n${delimited(`changesetresponse_${at}`, entry.map(http))}`
        : http(entry as Part),
    ),
  );

export const batchAnswer = (...entries: readonly (Part | readonly Part[])[]): Partial<Response> => ({
  headers: { 'content-type': 'multipart/mixed; boundary=batchresponse_1', 'odata-version': '4.0' },
  text: batchText(entries),
});

export const done = (entity: string): Part => ({
  status: 204,
  headers: { 'OData-EntityId': `https://acme.crm.dynamics.com${BASE}/${entity}` },
});

export const failed = (status: number, code: string, message = code, headers: Part['headers'] = {}): Part => ({
  status,
  headers: { 'Content-Type': 'application/json; odata.metadata=minimal', ...headers },
  body: { error: { code, message } },
});
