/**
 * Reads jurisdictions, and resolves them to policies. Data are validated when they are read: what is wrong is named by
 * its path, that jurisdiction is not used, and the strict default stands in for it.
 */
import * as v from 'valibot';
import { countryPlace } from './countries.ts';
import { isParameter, PARAMETER_PATHS, PARAMETERS, type ParameterPath } from './parameters.ts';
import type { Policy, Source } from './policy.ts';

/** The strict default: in force where a jurisdiction is unknown or its data are bad. */
export const STRICT_DEFAULT = 'EU';

const mark = v.picklist(['default', 'approved']);
const day = v.pipe(v.string(), v.isoDate());
const entry = v.strictObject({
  value: v.unknown(),
  source: v.pipe(v.string(), v.nonEmpty()),
  checked: v.optional(v.picklist(['S', 'K', 'S*'])),
  mark,
  validFrom: v.optional(day),
});
export type ParameterEntry = v.InferOutput<typeof entry>;
const head = v.strictObject({
  key: v.pipe(v.string(), v.regex(/^[A-Z]{2,3}(?:-[A-Z]{2,3})?$/u, 'a key such as "EU" or "EU-DE"')),
  name: v.string(),
  extends: v.optional(v.string()),
  version: v.string(),
  validFrom: day,
  parameters: v.record(v.string(), v.union([entry, v.array(entry)])),
});

/** One jurisdiction: what it says itself; the rest comes from what it extends. Several entries hold from their dates on. */
export interface Jurisdiction extends Omit<v.InferOutput<typeof head>, 'parameters'> {
  readonly parameters: Readonly<Partial<Record<ParameterPath, readonly ParameterEntry[]>>>;
}
export type Jurisdictions = ReadonlyMap<string, Jurisdiction>;

/** What is wrong with a policy, where, in words. */
export interface Problem {
  readonly path: string;
  readonly problem: string;
}

export interface Read {
  readonly jurisdictions: Jurisdictions;
  /** Keys that the data name but that cannot be used. */
  readonly refused: ReadonlySet<string>;
  readonly problems: readonly Problem[];
}

const pathOf = (issue: v.BaseIssue<unknown>): string => (issue.path ?? []).map(({ key }) => String(key)).join('.');

export const valueProblem = (path: string, value: unknown): string | null => {
  if (!isParameter(path)) return `There is no parameter "${path}".`;
  const read = v.safeParse(PARAMETERS[path].schema, value);
  return read.success
    ? null
    : v.getDotPath(read.issues[0]) === null
      ? read.issues[0].message
      : `${v.getDotPath(read.issues[0])}: ${read.issues[0].message}`;
};

const readOne = (
  file: unknown,
): { readonly jurisdiction: Jurisdiction | null; readonly key: string; readonly problems: readonly Problem[] } => {
  const named = (file as { key?: unknown } | null)?.key;
  const key = typeof named === 'string' ? named : '?';
  const read = v.safeParse(head, file);
  if (!read.success) {
    return {
      jurisdiction: null,
      key,
      problems: read.issues.map((issue) => ({ path: `${key}.${pathOf(issue)}`, problem: issue.message })),
    };
  }
  const problems: Problem[] = [];
  const parameters: Partial<Record<ParameterPath, readonly ParameterEntry[]>> = {};
  for (const [path, said] of Object.entries(read.output.parameters)) {
    const entries = Array.isArray(said) ? said : [said];
    for (const { value } of entries) {
      const problem = valueProblem(path, value);
      if (problem) problems.push({ path: `${key}.parameters.${path}`, problem });
    }
    if (isParameter(path)) parameters[path] = entries;
  }
  return { jurisdiction: problems.length > 0 ? null : { ...read.output, parameters }, key, problems };
};

/** Reads jurisdictions over those that are known already. A bad one changes nothing that is in force. */
export const readJurisdictions = (files: readonly unknown[], over: Jurisdictions = new Map()): Read => {
  const jurisdictions = new Map(over);
  const refused = new Set<string>();
  const problems: Problem[] = [];
  for (const file of files) {
    const one = readOne(file);
    problems.push(...one.problems);
    if (one.jurisdiction) jurisdictions.set(one.key, one.jurisdiction);
    else refused.add(one.key);
  }
  for (const { key, extends: base } of jurisdictions.values()) {
    const problem = base === undefined ? null : baseProblem(key, base, jurisdictions);
    if (problem) problems.push({ path: `${key}.extends`, problem });
    const missing = problem ? [] : missingParameters(key, jurisdictions);
    for (const path of missing) problems.push({ path: `${key}.parameters.${path}`, problem: 'is missing' });
    if (problem || missing.length > 0) refused.add(key);
  }
  for (const key of refused) {
    const before = over.get(key);
    if (before) jurisdictions.set(key, before);
    else jurisdictions.delete(key);
  }
  return { jurisdictions, refused: new Set([...refused].filter((key) => !over.has(key))), problems };
};

const baseProblem = (key: string, base: string, jurisdictions: Jurisdictions): string | null => {
  const passed = new Set([key]);
  for (let at: string | undefined = base; at !== undefined; at = jurisdictions.get(at)?.extends) {
    if (!jurisdictions.has(at)) return `extends "${at}", which is not known`;
    if (passed.has(at)) return `extends itself by way of "${at}"`;
    passed.add(at);
  }
  return null;
};

/** A jurisdiction and what it extends, the most particular first. */
const lineage = (key: string, jurisdictions: Jurisdictions): readonly Jurisdiction[] => {
  const line: Jurisdiction[] = [];
  for (let at = jurisdictions.get(key); at; at = at.extends === undefined ? undefined : jurisdictions.get(at.extends))
    line.push(at);
  return line;
};

/** The parameters that a jurisdiction leaves open, by name. */
export const missingParameters = (key: string, jurisdictions: Jurisdictions): readonly ParameterPath[] => {
  const line = lineage(key, jurisdictions);
  return PARAMETER_PATHS.filter((path) => !line.some(({ parameters }) => path in parameters));
};

interface Said {
  readonly value: unknown;
  readonly source: Source;
}

/** What a jurisdiction says on a day; entries that only come into force later do not count, unless there is nothing else. */
const saidBy = (key: string, path: ParameterPath, on: string, jurisdictions: Jurisdictions): Said => {
  for (const { key: by, validFrom, parameters } of lineage(key, jurisdictions)) {
    const entries = [...(parameters[path] ?? [])].sort((a, b) =>
      (a.validFrom ?? validFrom) < (b.validFrom ?? validFrom) ? -1 : 1,
    );
    const inForce = entries.filter((one) => (one.validFrom ?? validFrom) <= on).at(-1) ?? entries[0];
    if (inForce)
      return { value: inForce.value, source: { jurisdiction: by, source: inForce.source, mark: inForce.mark } };
  }
  throw new RangeError(`${key} leaves ${path} open`);
};

export interface Asked {
  /** Country as the CRM writes it, an ISO code, or a key such as `EU-FR`; null where nobody knows. */
  readonly placeOfWork: string | null;
  /** State or province, where the CRM has one. */
  readonly region?: string | null;
  readonly controllerEstablishment: string;
  /** The day it is asked for, `YYYY-MM-DD` or an instant. */
  readonly at: string;
  readonly zone: string;
  readonly holidays?: ReadonlySet<string>;
}

export interface Law extends Read {
  policyFor(asked: Asked): Policy;
}

/** The key of the jurisdiction for a place, or null where the place says nothing that is known. */
export const jurisdictionOf = (
  place: string | null,
  region: string | null,
  known: (key: string) => boolean,
): string | null => {
  if (place === null) return null;
  const key = place.trim().toUpperCase();
  return countryPlace(place, region) ?? (known(key) ? key : null);
};

const put = (into: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void => {
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const inner = (into[name] ?? {}) as Record<string, unknown>;
  into[name] = inner;
  put(inner, rest, value);
};

/** A law without a clock for requests says nothing about how to prolong or stop one. */
const GOVERNED: Readonly<Partial<Record<ParameterPath, ParameterPath>>> = {
  'requests.extend': 'requests.due',
  'requests.stopClock': 'requests.due',
};
const havingASay = (
  keys: readonly string[],
  path: ParameterPath,
  on: string,
  jurisdictions: Jurisdictions,
): readonly string[] => {
  const by = GOVERNED[path];
  const saying = by === undefined ? keys : keys.filter((key) => saidBy(key, by, on, jurisdictions).value !== null);
  return saying.length > 0 ? saying : keys;
};

/** A part of a country already holds the law of the whole: `EU-DE` with `EU` is `EU-DE`. (The UK only borrows its text.) */
const particular = (keys: readonly string[]): readonly string[] =>
  keys.filter((key) => !keys.some((other) => other.startsWith(`${key}-`)));

/**
 * Resolution: the law of the person's place of work and of the controller's establishment both apply, and where they
 * differ the stricter value of each parameter counts. An unknown place is read as the controller's, flagged as assumed.
 */
export const resolvePolicy = (
  keys: readonly string[],
  on: string,
  jurisdictions: Jurisdictions,
): Omit<Policy, 'zone' | 'holidays' | 'jurisdictionAssumed' | 'standsInFor'> => {
  const nested: Record<string, unknown> = {};
  const sources: Record<string, readonly Source[]> = {};
  for (const path of PARAMETER_PATHS) {
    const said = havingASay(keys, path, on, jurisdictions).map((key) => saidBy(key, path, on, jurisdictions));
    sources[path] = said.map(({ source }) => source);
    const value = PARAMETERS[path].combine(said.map((one) => one.value));
    put(nested, path.split('.'), value);
  }
  const every = Object.values(sources).flat();
  return {
    ...nested,
    key: keys.join('+'),
    jurisdictions: keys,
    version: keys.map((key) => `${key}@${jurisdictions.get(key)?.version}`).join('+'),
    mark: every.every((one) => one.mark === 'approved') ? 'approved' : 'default',
    sources,
  } as unknown as Policy;
};

export const lawOf = (read: Read): Law => ({
  ...read,
  policyFor: ({ placeOfWork, region = null, controllerEstablishment, at, zone, holidays = new Set() }) => {
    const { jurisdictions, refused } = read;
    const known = (key: string): boolean => jurisdictions.has(key) || refused.has(key);
    const place = jurisdictionOf(placeOfWork, region, known);
    const controller = jurisdictionOf(controllerEstablishment, null, known) ?? STRICT_DEFAULT;
    const asked = [...new Set([place ?? controller, controller])];
    const standsInFor = asked.filter((key) => !jurisdictions.has(key));
    const keys = [...new Set(asked.map((key) => (jurisdictions.has(key) ? key : STRICT_DEFAULT)))];
    return {
      ...resolvePolicy(particular(keys), at.slice(0, 10), jurisdictions),
      jurisdictionAssumed: place === null,
      standsInFor,
      zone,
      holidays,
    };
  },
});
