/**
 * What must hold, whatever happens. A small reference model without promises: what was acknowledged, what the ledger
 * says (its own fold, written apart from the product's), what each lease allowed, what the CRM did. Each rule is a named
 * function in a file of its letter; this file keeps what they share.
 */
import type { ActivityRow, FactRow, OutboxRow, PayloadRow } from '../../../src/background/store/schema.ts';
import type { Browser } from '../browser.ts';
import type { Org } from '../crm/org.ts';
import type { Disk } from '../disk/disk.ts';
import type { Change } from '../disk/image.ts';
import type { Owner, Scheduler } from '../scheduler.ts';

/** Ten seconds, less what one transaction takes. */
export const HOLD_MS = 9_900;

export interface Intent {
  readonly formId: string;
  /** Unique letters: the note holds `pub…`, the next step `next…`, the private part `priv…`. */
  readonly marker: string;
  /** What a second window committed on the same form: either may have come first. */
  other: string | null;
  hasPrivate: boolean;
  acked: boolean;
  undone: boolean;
}

export interface Lease {
  readonly words: boolean;
  /** CRM ids of attendees who may leave. */
  readonly people: ReadonlySet<string>;
}

/** What a CRM may be told of a person. */
export interface Standing {
  readonly told: boolean;
  readonly objected: boolean;
  /** To everything, not to marketing alone. */
  readonly still: boolean;
}

export interface Told {
  readonly row: FactRow;
  readonly payload: Readonly<Record<string, unknown>> | null;
  /** Monotonic moment at which it was complete. */
  readonly at: number;
}

export interface World {
  readonly scheduler: Scheduler;
  readonly disk: Disk;
  readonly org: Org;
  readonly browser: Browser;
}

/** A wait the CRM asked for. */
export interface Quiet {
  readonly until: number;
  /** It had the time to be written down. */
  certain: boolean;
  /** The worker that was told; killed before it wrote it down, nobody can know. */
  readonly heardBy: Owner;
}

export interface Violation {
  readonly rule: string;
  readonly says: string;
  readonly time: number;
}

export class Oracle {
  readonly violations: Violation[] = [];
  readonly intents = new Map<string, Intent>();
  readonly drafts = new Map<string, string>();
  readonly commands = new Set<string>();
  readonly leases = new Map<string, Lease>();
  /** Of rows about a person, by key. */
  readonly standings = new Map<string, Standing>();
  readonly receipts = new Set<string>();
  readonly streams = new Map<string, Told[]>();
  /** Markers of the logs in the ledger, to find the same log twice. */
  readonly logged = new Map<string, string>();
  /** Until then (monotonic) the CRM asked to be left alone. */
  quiet: Quiet | null = null;
  lastJump = Number.NEGATIVE_INFINITY;
  readonly requests: number[] = [];
  readonly sends = new Map<string, number>();
  /** The store was taken away whole: what was in it cannot be there. */
  vanished = false;
  /** A person is at the sign-in or presses *test connection*: requests are theirs. */
  personAsks = 0;
  /** Transactions that wrote something. */
  completions = 0;

  constructor(readonly world: World) {
    this.readAll();
  }

  broken(rule: string, says: string): void {
    this.violations.push({ rule, says, time: this.world.scheduler.time });
  }

  activity(id: string): ActivityRow | undefined {
    return this.world.disk.image.get('activities', id) as ActivityRow | undefined;
  }

  row(key: string): OutboxRow | undefined {
    return this.world.disk.image.get('outbox', key) as OutboxRow | undefined;
  }

  /** Takes the ledger in again, after the image went back. */
  readAll(): void {
    this.streams.clear();
    this.receipts.clear();
    this.logged.clear();
    const { image } = this.world.disk;
    const facts = image.all('facts', null, null) as unknown as FactRow[];
    for (const row of facts) this.addFact(row, image.get('payloads', row.id) as PayloadRow | undefined, -1e9);
  }

  private addFact(row: FactRow, held: PayloadRow | undefined, at = this.world.scheduler.time): void {
    const payload = (held?.payload ?? null) as Told['payload'];
    const stream = this.streams.get(row.stream) ?? [];
    stream.push({ row, payload, at });
    this.streams.set(row.stream, stream);
    if (row.type === 'delivery.stored' && row.stream.startsWith('activity/'))
      this.receipts.add(`${row.stream.slice('activity/'.length)}/${payload?.step}`);
  }

  /** New facts of a completed transaction, in the order of their chains. */
  takeIn(changes: readonly Change[]): readonly Told[] {
    const payloads = new Map(changes.filter(({ table }) => table === 'payloads').map((one) => [one.key, one.after]));
    const taken: Told[] = [];
    for (const { table, after, before } of changes) {
      if (table !== 'facts' || !after || before) continue;
      const row = after as unknown as FactRow;
      this.addFact(row, payloads.get(row.id) as PayloadRow | undefined);
      taken.push(this.streams.get(row.stream)?.at(-1) as Told);
    }
    return taken;
  }

  /** Whether a contact is open by facts complete before `until`; its CRM id where it has one. */
  contact(
    key: string,
    connection: string | null,
    until: number,
  ): { open: boolean; told: boolean; remoteId: string | null } {
    const facts = (this.streams.get(`contact/${key}`) ?? []).filter(({ at, payload }) => payload && at <= until);
    const ref = (type: string): Set<unknown> =>
      new Set(facts.filter(({ row }) => row.type === type && !voided.has(row.id)).map(({ payload }) => payload?.ref));
    const voided = new Set<unknown>();
    for (const { row, payload } of facts) if (row.type === 'fact.voided') voided.add(payload?.ref);
    const failed = ref('notice.failed');
    const live = facts.filter(({ row }) => !voided.has(row.id));
    const obtained = live.filter(({ row }) => row.type === 'contact.obtained');
    const needs = obtained.length === 0 || obtained.some(({ payload }) => payload?.kind === 'indirect');
    const told = live.some(
      ({ row, payload }) =>
        row.type === 'notice.delivered' &&
        !failed.has(row.id) &&
        !failed.has(payload?.attempt ?? '') &&
        (payload?.kind === 'indirect' || !needs),
    );
    const objected = live.some(({ row, payload }) => row.type === 'objection.raised' && payload?.scope === 'general');
    const link = obtained
      .map(({ payload }) => payload?.link as { connection: string; remoteId: string } | null)
      .find((one) => one?.connection === connection);
    return { open: told && !objected, told, remoteId: link?.remoteId ?? null };
  }

  /** CRM records a contact was ever said to be; an undone log takes back how they were met, not who they are. */
  records(key: string, connection: string): ReadonlySet<string> {
    const links = (this.streams.get(`contact/${key}`) ?? []).map(
      ({ payload }) => payload?.link as { connection: string; remoteId: string } | null | undefined,
    );
    return new Set(links.flatMap((link) => (link?.connection === connection ? [link.remoteId] : [])));
  }

  /** Whether somebody objected, to everything or to marketing, by facts complete before `until`. */
  objected(contact: string, until = Number.POSITIVE_INFINITY, scope: 'any' | 'general' = 'any'): boolean {
    const facts = (this.streams.get(`contact/${contact}`) ?? []).filter(({ at }) => at <= until);
    const voided = new Set(
      facts.filter(({ row }) => row.type === 'fact.voided').map(({ payload }) => payload?.ref as string),
    );
    return facts.some(
      ({ row, payload }) =>
        row.type === 'objection.raised' && !voided.has(row.id) && (scope === 'any' || payload?.scope === scope),
    );
  }

  /** Where a person stands, by facts complete before `until`. */
  standing(contact: string, until = Number.POSITIVE_INFINITY): Standing {
    const { told } = this.contact(contact, null, until);
    return { told, objected: this.objected(contact, until), still: this.objected(contact, until, 'general') };
  }

  /** The clock was put elsewhere just now: what the ten seconds of undo are, nobody can say. */
  get jumped(): boolean {
    return this.world.scheduler.time - this.lastJump < HOLD_MS * 2;
  }

  /** Facts complete before that can no longer be taken back. */
  get settledBefore(): number {
    return this.jumped ? Number.POSITIVE_INFINITY : this.world.scheduler.time - HOLD_MS;
  }

  /** What may leave of an activity, by facts complete before `until`. */
  gate(activity: ActivityRow, until = Number.POSITIVE_INFINITY): Lease {
    const people = new Set<string>();
    let words = true;
    for (const key of activity.attendees) {
      const { open, remoteId } = this.contact(key, activity.connection, until);
      if (!open) words = false;
      else if (remoteId) people.add(remoteId);
    }
    return { words, people };
  }
}
