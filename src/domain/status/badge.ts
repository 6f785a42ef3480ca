/** One word about a person. The badge is a view: gates read the regions. */
import type { ContactStatus } from './at.ts';

/** Highest precedence first (privacy model §4.1, in the words of product.md). */
export const BADGES = [
  'erased',
  'erasure_pending',
  'restricted',
  'objected',
  'withdrawn',
  'overdue',
  'backlog',
  'stale',
  'due',
  'not_told',
  'exempt',
  'not_required',
  'told',
  'acknowledged',
] as const;
export type Badge = (typeof BADGES)[number];

const TELLING: Readonly<Record<ContactStatus['disclosure'], Badge>> = {
  not_required: 'not_required',
  unknown: 'not_told',
  due: 'due',
  overdue: 'overdue',
  disclosed: 'told',
  acknowledged: 'acknowledged',
  stale: 'stale',
  exempt: 'exempt',
};

export const badgeOf = (status: Omit<ContactStatus, 'badge' | 'flag'>): Badge => {
  if (status.lifecycle === 'erased' || status.lifecycle === 'erasure_pending') return status.lifecycle;
  if (status.restricted !== null) return 'restricted';
  if (status.objection !== 'none') return 'objected';
  if (status.consents.some(({ state }) => state === 'withdrawn')) return 'withdrawn';
  return status.disclosure === 'overdue' && status.backlog ? 'backlog' : TELLING[status.disclosure];
};

/**
 * The word of the first version, for screens that know no other: whether told, and the clock. What it does not know it
 * leaves out rather than call it by another name.
 */
export const flagOf = (status: Omit<ContactStatus, 'badge' | 'flag'>): ContactStatus['flag'] => {
  if (status.objection !== 'none') return 'objected';
  if (status.told) return 'told';
  if (status.disclosure === 'overdue') return status.backlog ? 'backlog' : 'overdue';
  return status.disclosure === 'due' ? 'due' : 'not_told';
};
