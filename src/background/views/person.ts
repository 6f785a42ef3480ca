/** A person as screens show them: one flag, one sentence. */
import type { Person, PersonStatus, Sentence } from '../../contract.ts';
import { dates } from '../../dates.ts';
import type { ContactStatus } from '../../domain/status.ts';
import { type Known, statusOf } from '../people.ts';
import type { Rules } from '../rules.ts';
import type { ConnectionRow } from '../store/schema.ts';

/** What views are made with: the moment, the rules, the language of the person in front of the screen. */
export interface Light {
  readonly now: string;
  readonly rules: Rules;
  readonly zone: string;
  readonly language: string;
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** What goes before being told or not. */
const sentenceBefore = (name: string, { badge, objection }: ContactStatus): Sentence | null => {
  if (badge === 'erased') return { key: 'statusErased' };
  if (badge === 'erasure_pending') return { key: 'statusErasurePending', args: [name] };
  if (badge === 'restricted') return { key: 'statusRestricted', args: [name] };
  if (objection !== 'none')
    return { key: objection === 'general' ? 'statusObjected' : 'statusObjectedMarketing', args: [name] };
  return badge === 'withdrawn' ? { key: 'statusWithdrawn', args: [name] } : null;
};

const sentenceAbout = (name: string, status: ContactStatus, light: Light): Sentence => {
  const { told, daysLeft } = status;
  const before = sentenceBefore(name, status);
  if (before) return before;
  const words = dates(light.zone, light.language, light.now);
  if (told && status.badge === 'acknowledged') return { key: 'statusAcknowledged', args: [name, words.day(told.at)] };
  if (told) {
    return { key: `statusTold${capital(told.route)}`, args: [name, words.day(told.at)] };
  }
  if (status.badge === 'stale') return { key: 'statusStale', args: [name] };
  if (status.badge === 'exempt') return { key: 'statusExempt', args: [name, words.date(status.exemptUntil ?? '')] };
  if (status.badge === 'not_required') return { key: 'statusNotRequired', args: [name] };
  switch (status.flag) {
    case 'backlog':
      return { key: 'statusBacklog', args: [name] };
    case 'overdue':
      return { key: 'statusOverdue', args: [name, Math.abs(daysLeft ?? 0)], count: Math.abs(daysLeft ?? 0) };
    case 'due':
      // Past the target and rolled over a weekend: the last day is the legal one.
      return daysLeft !== null && daysLeft > 0
        ? { key: 'statusDue', args: [name, daysLeft], count: daysLeft }
        : { key: 'statusDueToday', args: [name] };
    default:
      return { key: 'statusNotTold', args: [name] };
  }
};

export const personStatus = (name: string, status: ContactStatus, light: Light): PersonStatus => ({
  flag: status.flag,
  badge: status.badge,
  daysLeft: status.daysLeft,
  day: status.day,
  targetDue: status.deadline?.targetDue ?? null,
  legalDue: status.deadline?.legalDue ?? null,
  pending: status.pending !== null,
  sentence: sentenceAbout(name, status, light),
});

/** So much of an id tells homonyms apart: where its last letters are a checksum, fewer would hardly differ. */
const TAIL = 8;

export const personView = (known: Known, connection: ConnectionRow | null, light: Light): Person => {
  const status = statusOf(known, connection, light.now, light.rules);
  return {
    id: known.id,
    name: known.name,
    title: known.title,
    company: known.company,
    idTail: known.remoteId ? known.remoteId.slice(-TAIL) : null,
    status: personStatus(known.name, status, light),
    owner: status.ownership,
  };
};

/** The few words on the badge. */
export const badgeLabel = (status: PersonStatus): Sentence => {
  const left = status.daysLeft ?? 0;
  switch (status.flag) {
    case 'told':
      return { key: 'badgeTold' };
    case 'objected':
      return { key: 'badgeObjected' };
    case 'overdue':
      return { key: 'badgeOverdue', args: [Math.abs(left)], count: Math.abs(left) };
    case 'backlog':
      return { key: 'badgeBacklog' };
    case 'due':
      return left > 0 ? { key: 'badgeDue', args: [left], count: left } : { key: 'badgeDueToday' };
    default:
      return { key: 'badgeNotTold' };
  }
};
