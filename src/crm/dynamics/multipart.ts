/** Batches as text (OData 4.0, part 1, §11.7): several calls in one body, several answers in another. */
import type { Response } from '../adapter.ts';
import type { Operation } from './payload.ts';

const CRLF = '\r\n';

const headerLines = (headers: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(headers).map(([name, value]) => `${name}: ${value}`);

const call = ({ method, path, headers = {}, body }: Operation, id: number | null): readonly string[] => [
  'Content-Type: application/http',
  'Content-Transfer-Encoding: binary',
  ...(id === null ? [] : [`Content-ID: ${id}`]),
  '',
  `${method} ${path} HTTP/1.1`,
  'Accept: application/json',
  ...(body ? ['Content-Type: application/json; type=entry'] : []),
  ...headerLines(headers),
  '',
  body ? JSON.stringify(body) : '',
];

const joined = (boundary: string, parts: readonly (readonly string[])[]): readonly string[] => [
  ...parts.flatMap((part) => [`--${boundary}`, ...part]),
  `--${boundary}--`,
];

/**
 * Several operations of one entry are a change set: all or nothing. The boundaries need not be secret: JSON has no raw
 * line breaks, so nothing of a body can stand at the beginning of a line but its opening brace.
 */
export const batchOf = (
  entries: readonly (readonly Operation[])[],
): { readonly type: string; readonly text: string } => {
  let id = 0;
  const parts = entries.map((operations, at) => {
    if (operations.length === 1) return call(operations[0]!, null);
    const boundary = `changeset_${at + 1}`;
    const calls = operations.map((operation) => {
      id += 1;
      return call(operation, id);
    });
    return [`Content-Type: multipart/mixed; boundary=${boundary}`, '', ...joined(boundary, calls)];
  });
  return { type: 'multipart/mixed; boundary=batch_candor', text: [...joined('batch_candor', parts), ''].join(CRLF) };
};

/** One entry's answers: one, or as many as its change set had operations. */
export interface Entry {
  readonly answers: readonly Response[];
}

export interface Batch {
  readonly entries: readonly Entry[];
  /** False where the end is missing: the entries are the first ones, and the rest is unknown. */
  readonly whole: boolean;
}

const headersIn = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .split(/\r?\n/)
      .map((line) => /^([\w-]+):\s*(.*?)\s*$/.exec(line))
      .flatMap((line) => (line ? [[line[1]!.toLowerCase(), line[2]!]] : [])),
  );

/** Head and rest at the first empty line. A head alone is a whole thing without a rest. */
const halves = (text: string): readonly [head: string, rest: string] => {
  const at = /\r?\n[ \t]*\r?\n/.exec(text);
  return at ? [text.slice(0, at.index), text.slice(at.index + at[0].length)] : [text, ''];
};

const boundaryOf = (type: string | undefined): string | null => {
  const found = /^multipart\/mixed\s*;.*?\bboundary=(?:"([^"]+)"|([^\s;]+))/i.exec(type ?? '');
  return found?.[1] ?? found?.[2] ?? null;
};

/** What stands between the delimiters; a last part without one after it was cut off and is left out. */
const partsIn = (text: string, boundary: string): { readonly parts: readonly string[]; readonly whole: boolean } => {
  const lines = text.split('\n');
  const parts: string[] = [];
  let open: string[] | null = null;
  for (const line of lines) {
    const bare = line.trimEnd();
    if (bare !== `--${boundary}` && bare !== `--${boundary}--`) {
      open?.push(line);
      continue;
    }
    if (open) parts.push(open.join('\n'));
    if (bare.endsWith('--') && bare !== `--${boundary}`) return { parts, whole: true };
    open = [];
  }
  return { parts, whole: false };
};

const answerIn = (text: string): Response | null => {
  const [head, body] = halves(text.replace(/^\s+/, ''));
  const status = /^HTTP\/1\.[01] (\d{3})\b/.exec(head)?.[1];
  return status ? { status: Number(status), headers: headersIn(head), text: body.trim() } : null;
};

const entryIn = (part: string): Entry | null => {
  const [head, rest] = halves(part);
  const type = headersIn(head)['content-type'];
  const inner = boundaryOf(type);
  if (inner === null) {
    const answer = /^application\/http\b/i.test(type ?? '') ? answerIn(rest) : null;
    return answer && { answers: [answer] };
  }
  const { parts, whole } = partsIn(rest, inner);
  const answers = parts.map((each) => answerIn(halves(each)[1]));
  return whole && answers.length > 0 && answers.every((each) => each !== null) ? { answers } : null;
};

/** The answers of a batch in their order; null when it is none, or when one of them cannot be read. */
export const answersOf = (response: Response): Batch | null => {
  const boundary = boundaryOf(response.headers['content-type']);
  if (boundary === null) return null;
  const { parts, whole } = partsIn(response.text, boundary);
  const entries = parts.map(entryIn);
  return entries.every((entry) => entry !== null) ? { entries, whole } : null;
};
