/**
 * A policy is data. The first version knows one jurisdiction: the EU, which is also the strict default
 * for everybody whose place of work is unknown. Further jurisdictions are further data of this shape.
 */
import type { GateModeName, NoticeKind } from '../events.ts';

export interface Policy {
  readonly key: string;
  readonly version: string;
  /** `default`: ours, to be confirmed by the customer's counsel; `approved`: confirmed. */
  readonly mark: 'default' | 'approved';
  /** How long until the person must have been told, from the anchor (ISO 8601 durations). */
  readonly notice: Readonly<Record<NoticeKind, { readonly due: string }>>;
  /** What may leave about somebody who has not been told. */
  readonly gate: { readonly untold: GateModeName };
  /** IANA zone of the controller's establishment: deadlines end at the end of a day there. */
  readonly zone: string;
  /** Days that move a deadline on besides weekends, `YYYY-MM-DD`; empty until the customer gives a list. */
  readonly holidays: ReadonlySet<string>;
}

/** GDPR Art. 13(1) (at the time of obtaining) and Art. 14(3)(a) (at the latest within one month). */
export const euPolicy = (zone: string): Policy => ({
  key: 'EU',
  version: '1',
  mark: 'default',
  notice: { direct: { due: 'P0D' }, indirect: { due: 'P1M' } },
  gate: { untold: 'redact_to_minimum' },
  zone,
  holidays: new Set(),
});
