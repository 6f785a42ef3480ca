/** The clocks that run besides the one for telling: requests, implied consent, expiry, retention. */
import type { Channel, Stop } from '../events/words.ts';
import type { ConsentHeld, ContactState, RequestHeld } from '../status/state.ts';
import { type Deadline, dayIn, dayOf, daysFrom, deadlineFrom, earliestOf, prolonged, reaches } from './deadline.ts';
import type { Periods, Policy } from './policy.ts';

/** Every period from one origin; the one that ends first. */
export const dueFrom = (at: string, periods: Periods, policy: Policy): Deadline | null =>
  earliestOf(periods.map((period) => deadlineFrom(at, period, policy.zone, policy.holidays, policy.period.roll)));

/** Due plus extension is one period from the origin: a month and two months are three months, added once. */
const sum = (due: string, extension: string): string => {
  const [a, b] = [/^P(\d+)([DWMY])$/u.exec(due), /^P(\d+)([DWMY])$/u.exec(extension)];
  return a && b && a[2] === b[2] ? `P${Number(a[1]) + Number(b[1])}${a[2]}` : due;
};
const withExtension = ({ due, extend }: Policy['requests']): Periods =>
  due.flatMap((one) => extend.map((further) => sum(one, further)));

export interface RequestClock {
  readonly due: Deadline | null;
  readonly daysLeft: number | null;
  readonly overdue: boolean;
  readonly overdueDays: number;
  /** The clock stands, because the person owes an answer. */
  readonly stopped: Stop | null;
  readonly extended: boolean;
  /** Why a recorded extension does not count. */
  readonly extensionRefused: 'none_allowed' | 'after_deadline' | null;
  /** By when the extension must be told, while it still can be. */
  readonly extendBy: string | null;
  /** Confirmation of receipt: due, and whether it is missing. */
  readonly confirmBy: string | null;
  readonly unconfirmed: boolean;
}

/** Local days in which the clock stood for a reason that this law knows. An open stop lasts until now. */
const stoodFor = ({ stops }: RequestHeld, now: string, { requests, zone }: Policy): number =>
  stops
    .filter(({ stop }) => requests.stopClock.includes(stop))
    .reduce((days, { from, until }) => days + Math.max(0, daysFrom(from, until ?? now, zone)), 0);

export const requestClock = (request: RequestHeld, now: string, policy: Policy): RequestClock => {
  const { requests, zone, holidays, period } = policy;
  const at = request.closedAt ?? now;
  const stood = stoodFor(request, at, policy);
  const longer = (deadline: Deadline | null): Deadline | null =>
    deadline && prolonged(deadline, stood, holidays, period.roll);
  const first = longer(dueFrom(request.receivedAt, requests.due, policy));
  const extended = longer(dueFrom(request.receivedAt, withExtension(requests), policy));
  const extendBy = extended && (longer(dueFrom(request.receivedAt, requests.extendNoticeDue, policy)) ?? first);
  const late = (deadline: Deadline | null, moment: string): boolean =>
    deadline !== null && dayOf(deadline, moment, zone).overdue;
  const { extension } = request;
  const extensionRefused =
    extension === null || first === null
      ? null
      : extended === null
        ? 'none_allowed'
        : late(first, extension.recordedAt) || late(extendBy, extension.recordedAt)
          ? 'after_deadline'
          : null;
  const due = extension && extended && extensionRefused === null ? extended : first;
  const day = due && dayOf(due, at, zone);
  const confirm = dueFrom(
    request.receivedAt,
    request.kind === 'complaint' ? requests.complaintAck : requests.confirm,
    policy,
  );
  return {
    due,
    daysLeft: request.closedAt === null ? (day?.daysLeft ?? null) : null,
    overdue: day?.overdue ?? false,
    overdueDays: day?.overdueDays ?? 0,
    stopped:
      request.closedAt === null
        ? (request.stops.find(({ until, stop }) => until === null && requests.stopClock.includes(stop))?.stop ?? null)
        : null,
    extended: due !== null && due === extended,
    extensionRefused,
    extendBy: request.closedAt === null && extension === null ? (extendBy?.legalDue ?? null) : null,
    confirmBy: confirm?.legalDue ?? null,
    unconfirmed: late(confirm, request.acknowledgedAt ?? at),
  };
};

/** Last day of a period that starts on a day; of several the earliest. Null: no end. */
const lastDay = (day: string, periods: Periods): string | null =>
  periods.map((period) => reaches(day, period)).sort()[0] ?? null;

/**
 * Until when consent is implied on a channel (CASL s. 10): the latest end over all grounds the law knows. A message on
 * day S is covered if the ground lies in the period before S. `open` has no end; null means that there is no ground.
 */
export const impliedUntil = (
  implied: ContactState['implied'],
  channel: Channel,
  policy: Policy,
): string | 'open' | null => {
  let latest: string | null = null;
  for (const { ground, base, channel: only } of implied) {
    const periods = policy.consent.implied[ground];
    if (periods === undefined || (only !== null && only !== channel)) continue;
    const last = lastDay(base, periods);
    if (last === null) return 'open';
    if (latest === null || last > latest) latest = last;
  }
  return latest;
};

/** Last day on which a consent holds: what was agreed or what the law says, whichever ends first. */
export const expiresOn = ({ by, validUntil }: ConsentHeld, policy: Policy): string | null => {
  const byLaw = lastDay(dayIn(by.at, policy.zone), policy.consent.expires);
  return [validUntil, byLaw].filter((one) => one !== null).sort()[0] ?? null;
};

/** When a consent should be refreshed, by our own policy. */
export const refreshOn = ({ by }: ConsentHeld, policy: Policy): string | null =>
  lastDay(dayIn(by.at, policy.zone), policy.consent.refresh);

/** When it must be looked at whether the data are still needed: an officer's date, else the period of the law. */
export const reviewOn = (state: ContactState, policy: Policy): string | null => {
  if (state.review?.reviewBy) return state.review.reviewBy;
  const { anchor, review } = policy.retention;
  const contact =
    anchor === 'last_contact' ? state.lastContact : anchor === 'obtained' ? null : state.lastContactBySubject;
  const from = [contact ?? state.obtained?.at ?? null, state.review?.at ?? null]
    .filter((one) => one !== null)
    .sort()
    .at(-1);
  return from === undefined ? null : lastDay(dayIn(from, policy.zone), review);
};
