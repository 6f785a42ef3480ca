/**
 * The rules as they stand: the law with the company's own changes, and the policy it gives for each person. Everything
 * that asks the gate or a clock asks it from here, so no screen and no lease can judge a person by another law.
 */
import { type Entry, POLICY_STREAM } from '../domain/events.ts';
import { sha256Hex } from '../domain/hash.ts';
import { BUILT_IN } from '../domain/policy/built-in.ts';
import { lawAfter } from '../domain/policy/changes.ts';
import { BUILT_IN_NOTICES, supersededBy } from '../domain/policy/notices.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Law } from '../domain/policy/resolve.ts';
import type { Superseded } from '../domain/status.ts';
import { entriesOf } from './ledger.ts';
import type { Platform } from './platform.ts';
import { type Settings, settingsOf } from './settings.ts';
import type { ReadTx } from './store/store.ts';

/** Where somebody works, as the CRM writes it; nulls where nobody knows. */
export interface Place {
  readonly country: string | null;
  readonly region: string | null;
}

export interface Rules {
  readonly settings: Settings;
  readonly law: Law;
  /** For an item, and for everybody whose place of work nobody knows: the law of the controller's establishment. */
  readonly house: Policy;
  /** Editions of notices that newer ones replaced. */
  readonly superseded: readonly Superseded[];
  /** What names this state of the rules: another text wherever anything in them is another. */
  readonly mark: string;
  /** The law for somebody who works in a country, as the CRM writes it. */
  policyFor(place: Place): Policy;
}

const SUPERSEDED = supersededBy(BUILT_IN_NOTICES);

const make = (settings: Settings, entries: readonly Entry[], on: string, mark: string): Rules => {
  const law = lawAfter(BUILT_IN, entries);
  const { zone, country = null, holidays = [] } = settings.controller;
  const policies = new Map<string, Policy>();
  const policyFor = ({ country: placeOfWork, region }: Place): Policy => {
    const key = JSON.stringify([placeOfWork, region]);
    const held = policies.get(key);
    if (held) return held;
    const policy = law.policyFor({
      placeOfWork,
      region,
      // Nobody has said where the company is: the strict default stands in.
      controllerEstablishment: country ?? '',
      at: on,
      zone,
      holidays: new Set(holidays),
    });
    policies.set(key, policy);
    return policy;
  };
  return { settings, law, house: policyFor({ country: null, region: null }), superseded: SUPERSEDED, mark, policyFor };
};

/** Made again only where settings, policy facts or the day are others: a table of thousands resolves each country once. */
let latest: { readonly key: string; readonly rules: Rules } | null = null;

export const rulesOf = async (tx: ReadTx, platform: Pick<Platform, 'zone' | 'now'>): Promise<Rules> => {
  const settings = await settingsOf(tx, platform);
  const heads = await tx.all('heads', { prefix: [POLICY_STREAM] });
  const on = new Date(platform.now()).toISOString().slice(0, 10);
  const key = JSON.stringify([settings, heads.map(({ hash }) => hash), on]);
  if (latest?.key === key) return latest.rules;
  const entries = heads.length > 0 ? await entriesOf(tx, POLICY_STREAM) : [];
  const rules = make(settings, entries, on, sha256Hex(key).slice(0, 16));
  latest = { key, rules };
  return rules;
};
