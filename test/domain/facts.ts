/** Short hands for facts in tests. */
import type { Entry, FactType, Payloads } from '../../src/domain/events.ts';

let made = 0;

/** One fact about one contact; `at` is when it happened. */
export const fact = <T extends FactType>(type: T, at: string, payload: Payloads[T], id = `f${++made}`): Entry =>
  ({
    fact: {
      v: 1,
      id,
      stream: 'contact/c1',
      type,
      occurredAt: at,
      precision: 'instant',
      recordedAt: at,
      hlc: String(++made).padStart(15, '0'),
      device: 'd1',
      seq: made,
      actor: 'u1',
      role: 'manager',
      parents: [],
      prev: '',
      commit: '',
    },
    hash: id,
    payload,
  }) as Entry;

export const obtained = (at: string, more: Partial<Payloads['contact.obtained']> = {}): Entry =>
  fact('contact.obtained', at, {
    source: 'crm',
    kind: 'indirect',
    anchorFromCrm: true,
    connectedAt: null,
    link: { connection: 'c', remoteId: 'r1' },
    name: null,
    ...more,
  });

const shown = { noticeId: 'n', version: '1', kind: 'indirect', language: 'en', route: 'mail', textHash: 'h' } as const;

export const attempted = (at: string, id: string): Entry => fact('notice.attempted', at, shown, id);
export const told = (
  at: string,
  id: string,
  attempt: string | null = null,
  kind: 'direct' | 'indirect' = 'indirect',
): Entry => fact('notice.delivered', at, { ...shown, kind, evidence: 'stated', attempt, activity: null }, id);
export const bounced = (at: string, ref: string): Entry => fact('notice.failed', at, { ref, reason: 'bounced' });
export const objected = (at: string, scope: 'general' | 'direct_marketing' = 'general'): Entry =>
  fact('objection.raised', at, { scope });
export const voided = (at: string, ref: string): Entry => fact('fact.voided', at, { ref, reason: 'undone' });

/** The same fact as an officer's. */
export const officer = (entry: Entry): Entry => ({ ...entry, fact: { ...entry.fact, role: 'officer' } }) as Entry;
/** The same fact, written by somebody else, elsewhere. */
export const by = (entry: Entry, more: Partial<Entry['fact']>): Entry =>
  ({ ...entry, fact: { ...entry.fact, ...more } }) as Entry;
export const logged = (at: string, kind: Payloads['contact.logged']['kind'] = 'meeting', purpose?: string): Entry =>
  fact('contact.logged', at, { activity: `a-${at}`, kind, ...(purpose ? { purpose } : {}) });

/** The words somebody was shown before they agreed, and on what day. */
export const shownText = (purposes: readonly string[] = ['direct_marketing'], shownAt = '2026-11-01T08:00:00Z') => ({
  noticeId: 'n',
  version: '1',
  textHash: 'h',
  purposes,
  shownAt,
});
/** A consent that holds: to marketing by e-mail, by the person's own act, after the words. */
export const consented = (more: Partial<Payloads['consent.given']> = {}): Payloads['consent.given'] => ({
  purpose: 'direct_marketing',
  channel: 'email',
  text: shownText(),
  method: 'form',
  indicatedBy: 'person',
  affirmative: true,
  evidence: 'artefact',
  evidenceAt: null,
  validUntil: null,
  ...more,
});
