/**
 * Every message between contexts, in one interface, and who may ask what.
 * Plain JSON only. The background answers; nobody else does.
 */
import type { Kind, Route } from './domain/activity.ts';
import type { Effort } from './domain/burden.ts';
import type { Act, Consented } from './domain/decide.ts';
import type { PolicyChange } from './domain/events/rights.ts';
import type { ErasureGround, RequestKind } from './domain/events/words.ts';
import type { GateModeName, Role } from './domain/events.ts';
import type { Badge } from './domain/status.ts';

// ---------------------------------------------------------------- who asks

/**
 * `page`: a content script. `guest`: the panel's path, wherever it is shown. `own`: popup, dashboard and
 * options by exact path in a top frame, which no page can open or embed.
 */
export type Caller = 'page' | 'guest' | 'own';

// ---------------------------------------------------------------- words that cross

/** A sentence of `_locales`: its key and what fills its gaps. `count` picks the plural form `key_one` / `key_other`. */
export interface Sentence {
  readonly key: string;
  readonly args?: readonly (string | number)[];
  readonly count?: number;
}

/** The one word about a person, in order of precedence of the badge. */
export type Flag = 'objected' | 'overdue' | 'backlog' | 'due' | 'not_told' | 'told';

export interface PersonStatus {
  readonly flag: Flag;
  /** The whole word about the person (privacy model §4.1); absent where a screen knows only the flag. */
  readonly badge?: Badge;
  /** Whole days to the target date; negative once it is over; null where no clock runs. */
  readonly daysLeft: number | null;
  /** *Day N of M*; null where no clock runs. */
  readonly day: { readonly n: number; readonly m: number } | null;
  /** `YYYY-MM-DD`: what managers aim at, and what the law counts (rolled over weekends). */
  readonly targetDue: string | null;
  readonly legalDue: string | null;
  /** A notice is on its way and waits to be confirmed. */
  readonly pending: boolean;
  /** "Li Wei has not been told. 12 days left." */
  readonly sentence: Sentence;
}

/** Whose contact it is. `claimed` and `confirmed`: the manager's own, before and after an officer confirmed it. */
export type Owner = 'company' | 'claimed' | 'confirmed' | 'disputed' | 'transferred';

/** Truthful words, in this order; `saved` means durable on this device. */
export type Progress = 'saved' | 'queued' | 'sending' | 'in_crm' | 'needs_you';

// ---------------------------------------------------------------- views

export interface BadgeView {
  /** The record this answers for, as the background reads it from the tab's address. */
  readonly recordId: string;
  readonly name: string;
  /** `unread`: nothing is known about this record yet, so nothing is said about it. */
  readonly flag: Flag | 'unread';
  /** Its sign, as declarations of a style sheet. */
  readonly sign: string;
  /** The few words on the badge, already in the person's language: "told", "not told, 12 days left". */
  readonly label: string;
  readonly owner: Owner;
  /** Logs about this record that still wait. */
  readonly waiting: number;
  /** What the badge's button does, for screen readers. */
  readonly action: string;
}

export interface FoundPeople {
  readonly people: readonly Person[];
  /** False while the worker is still reading whom it knows: there may be more. */
  readonly whole: boolean;
}

/** A person as pickers and chips show them. `id` is a contact key, or `crm:<connection>:<remote id>` before any fact. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly title: string | null;
  readonly company: string | null;
  /** Last characters of the CRM id: tells homonyms apart. */
  readonly idTail: string | null;
  readonly status: PersonStatus;
  readonly owner: Owner;
}

export interface FormView {
  readonly formId: string;
  /** When the form was opened: ISO 8601 UTC. Surfaces take time from here, never from a clock. */
  readonly now: string;
  readonly zone: string;
  readonly crm: { readonly id: string; readonly name: string } | null;
  /** What the CRM demands of its own and nobody has said yet. */
  readonly asks: readonly OwnAsk[];
  /** The record it is bound to; null in the popup away from any CRM page. */
  readonly record: {
    readonly type: 'contact' | 'account';
    readonly name: string;
    readonly account: string | null;
  } | null;
  /** The page shows a record, but nothing of it could be read yet: whose it is cannot be known here. */
  readonly unread?: boolean;
  /** The contact of the page, first attendee unless the line says otherwise. */
  readonly pageContact: Person | null;
  /** People of the page, its account, and recent ones, best first: what `@` completes at once. */
  readonly people: readonly Person[];
  /** Who was in the last log of this account, or in the last log of all where there is none: the arrow up. */
  readonly lastPeople: readonly Person[];
  /** A restored draft. In a guest frame the private part is left out and `privateKept` is true. */
  readonly draft: string;
  readonly privateKept: boolean;
  /** Enter may commit here. False: the draft is kept and the popup takes over. */
  readonly mayCommit: boolean;
  /** The account's contacts, told and untold. */
  readonly account: { readonly name: string; readonly told: number; readonly untold: number } | null;
  readonly connection: ConnectionState;
}

export type ConnectionState = 'none' | 'connected' | 'sign_in_needed' | 'waiting_for_setup' | 'permission_missing';

/** One attendee as the line names them. */
export interface PreviewPerson {
  readonly person: Person;
  /** Where in the text: null for the page's own contact. */
  readonly span: readonly [number, number] | null;
  /** Not in any directory: becomes a local, untold contact. */
  readonly isNew: boolean;
  /**
   * More than one person fits and nothing tells them apart: the line cannot be saved yet. Of somebody new: whom a
   * slip of the finger may have meant; the line can be saved as it is.
   */
  readonly alternatives: readonly Person[];
  readonly leaves: 'now' | 'when_told' | 'never';
}

/** Before saving: what leaves the device, what is withheld, what stays. Each line is a sentence. */
export interface Preview {
  readonly people: readonly PreviewPerson[];
  readonly leaves: readonly Sentence[];
  readonly withheld: readonly Sentence[];
  readonly stays: readonly Sentence[];
  /** Why Enter would be refused, if it would. */
  readonly refusal: Sentence | null;
}

export interface LogView {
  readonly activity: string;
  readonly kind: Kind;
  readonly start: string;
  readonly end: string;
  readonly zone: string;
  readonly title: string;
  readonly account: string | null;
  /** `id` is the contact's key: homonyms are never mixed up. */
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    /** `stays`: not in the CRM, or objected; nothing that is told releases it. */
    readonly state: 'in_crm' | 'waiting' | 'withheld' | 'stays';
  }[];
  readonly progress: Progress;
  /** "In CRM. Li Wei and the note withheld until told." */
  readonly sentence: Sentence;
  readonly reasons: readonly Sentence[];
  /** The record in the CRM, to open it. */
  readonly url: string | null;
  /** Milliseconds in which it can still be taken back; 0 when over. */
  readonly undoFor: number;
  readonly hasPrivate: boolean;
  /** A step that needs the person can be tried again. */
  readonly canRetry: boolean;
  /** What its person may do to it now; absent: nothing. */
  readonly may?: LogMay;
  readonly loggedAt: string;
}

export interface LogMay {
  /** Open the line again: `edit` while nothing left, `correct` once it is in the CRM. */
  readonly open: 'edit' | 'correct' | null;
  /** `delete` while nothing left, `take_back` once it is in the CRM. */
  readonly remove: 'delete' | 'take_back' | null;
  readonly keepPrivate: boolean;
  /** The CRM it goes to, as people know it. */
  readonly crm: string;
}

/** A next step of a log that is due, or will be soon. */
export interface FollowUp {
  readonly activity: string;
  /** Its position among the next steps of the log. */
  readonly step: number;
  readonly text: string;
  /** `YYYY-MM-DD`. */
  readonly due: string;
  readonly overdue: boolean;
  readonly done: boolean;
  readonly people: readonly string[];
  readonly account: string | null;
}

/** What `commit` answers. Nothing typed is ever lost: a refusal leaves the text in the form. */
export type Committed =
  | { readonly is: 'saved'; readonly log: LogView; readonly boundElsewhere: Sentence | null }
  | { readonly is: 'refused'; readonly why: Sentence }
  /** This form was saved before with other words; a new form holds the text. */
  | { readonly is: 'already_saved'; readonly log: LogView; readonly nextFormId: string | null }
  /** The form may not commit here (see `mayCommit`); the draft is kept. */
  | { readonly is: 'not_here'; readonly why: Sentence };

export interface ContactRow extends Person {
  readonly account: string | null;
  readonly lastLog: string | null;
  readonly withheld: number;
}

/** The same row for a person whom nobody has logged, told or recorded yet is not here: looking writes no fact. */
export interface ContactsView {
  readonly rows: readonly ContactRow[];
  readonly counts: Readonly<Record<Flag, number>>;
  readonly connection: ConnectionState;
}

export interface TimelineEntry {
  readonly id: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly precision: 'instant' | 'minute' | 'day';
  readonly sentence: Sentence;
  /** Further lines: evidence, notice and version, hash, receipt fields. */
  readonly details: readonly Sentence[];
  readonly hash: string;
  readonly voided: boolean;
}

export interface TimelineView {
  readonly person: ContactRow;
  readonly deadline: readonly Sentence[];
  readonly entries: readonly TimelineEntry[];
  /** The crossing line: what of this person became the firm's record, when. */
  readonly crossed: readonly { readonly at: string; readonly sentence: Sentence }[];
  readonly logs: readonly LogView[];
  readonly pendingAttempt: { readonly attempt: string; readonly route: Route; readonly at: string } | null;
  /** What else is true of this person: law, basis, consents, restrictions, warnings. A sentence each. */
  readonly standing?: readonly Standing[];
  readonly requests?: readonly RequestView[];
  /** What may be done here, by whoever is in front of the screen. */
  readonly may?: ContactMay;
}

export interface Standing {
  readonly is: 'plain' | 'warning' | 'stop';
  readonly sentence: Sentence;
}

export interface ContactMay {
  /** The roles held; *I work alone* counts, and says so on every act. */
  readonly officer: boolean;
  readonly selfConfirmed: boolean;
  /** The fact each act refers to; null where there is nothing to act on. */
  readonly resolveObjection: string | null;
  readonly liftRestriction: string | null;
  readonly claim: boolean;
  readonly confirmClaim: string | null;
  /** The manager's own contact may be handed to the firm. */
  readonly transfer: boolean;
  /** It is time to look whether the data are still needed. */
  readonly review: boolean;
  readonly acknowledge: string | null;
  readonly attach: string | null;
  readonly consent: boolean;
  readonly withdraw: boolean;
  readonly exempt: boolean;
  readonly erase: boolean;
  /** Purposes whose data are portable: those that rest on consent or contract. */
  readonly portable: readonly string[];
}

/** What a person asked for, and its clock. */
export interface RequestView {
  readonly id: string;
  readonly contact: string;
  readonly name: string;
  readonly kind: RequestKind;
  readonly state: 'received' | 'identity_pending' | 'in_progress' | 'extended' | 'fulfilled' | 'refused';
  readonly receivedAt: string;
  readonly due: string | null;
  /** Days left, days over, or why the clock stands. */
  readonly sentence: Sentence;
  readonly overdue: boolean;
  readonly closed: boolean;
  /** By when an extension must be told and recorded; null where none can be any more. */
  readonly extendBy: string | null;
  readonly waitsForPerson: boolean;
  readonly unacknowledged: boolean;
}

/** Something that waits for an officer: a contradiction, an alarm about the chains, an act without effect. */
export interface QueueView {
  readonly contact: string;
  readonly name: string;
  readonly is: string;
  /** Set where it can be settled. */
  readonly conflict: string | null;
  readonly facts: readonly { readonly id: string; readonly sentence: Sentence }[];
  readonly sentence: Sentence;
}

export interface DeskView {
  readonly now: string;
  readonly roles: readonly Role[];
  readonly managed: boolean;
  readonly selfConfirmed: boolean;
  readonly requests: readonly RequestView[];
  readonly queue: readonly QueueView[];
  /** What the officer watches, and how many of each. */
  readonly counts: readonly { readonly is: string; readonly sentence: Sentence; readonly count: number }[];
  /** The ledger is being read again after an update. */
  readonly refolding: { readonly looked: number; readonly of: number } | null;
  /** Restrictions that a CRM refused. */
  readonly stuck: readonly { readonly contact: string; readonly name: string; readonly sentence: Sentence }[];
}

/** One jurisdiction as the settings show it. */
export interface LawView {
  readonly key: string;
  readonly name: string;
  readonly untold: GateModeName;
  readonly onOverdue: GateModeName;
  readonly backlogUntil: string | null;
  readonly direct: readonly string[];
  readonly indirect: readonly string[];
  readonly requests: readonly string[];
  readonly source: string;
  readonly mark: 'default' | 'approved';
}

export interface PolicyView {
  readonly laws: readonly LawView[];
  /** The law of the company's own place, and whether the strict default stands in for it. */
  readonly house: string;
  readonly assumed: boolean;
  readonly version: string;
  readonly problems: readonly { readonly path: string; readonly problem: string }[];
  readonly mayChange: boolean;
  readonly history: readonly { readonly at: string; readonly sentence: Sentence; readonly reason: string }[];
}

/** A file to keep: its name and what is in it. */
export interface FileView {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly hash: string;
}

/** What an erasure did, place by place. */
export interface ErasedView {
  readonly is: 'done';
  readonly complete: boolean;
  readonly places: readonly { readonly state: string; readonly sentence: Sentence }[];
}

export interface NoticeDraft {
  readonly contact: string;
  readonly noticeId: string;
  readonly version: string;
  readonly kind: 'direct' | 'indirect';
  readonly language: string;
  readonly route: Route;
  readonly subject: string;
  readonly body: string;
  readonly to: string | null;
  readonly textHash: string;
  /** The sentence to say, where it is told in person. */
  readonly spoken?: string;
  /** Where the notice can be read: shown as an address and as a QR code. Null where the company named no page. */
  readonly link?: string | null;
}

export interface VerifyView {
  readonly verdict: 'intact' | 'damaged' | 'empty';
  readonly streams: number;
  readonly facts: number;
  readonly erased: number;
  /** One sentence per finding, worst first. */
  readonly findings: readonly Sentence[];
  /** SHA-256 Merkle root over all heads (RFC 9162), hex. */
  readonly root: string;
  readonly checkedAt: string;
  /** Messages that were refused because of who asked. */
  readonly refusedMessages: number;
}

export interface ConnectionView {
  readonly id: string;
  readonly crm: { readonly id: string; readonly name: string };
  readonly tenant: string;
  readonly state: ConnectionState;
  readonly user: string | null;
  readonly organisation: string | null;
  /** Each thing that is missing, and the paragraph to copy for the administrator. */
  readonly missing: readonly { readonly what: Sentence; readonly forAdministrator: Sentence }[];
  readonly attendeeLinks: boolean;
  /** Until when the CRM asked us to wait (ISO), if it did. */
  readonly pausedUntil: string | null;
  readonly waiting: number;
  readonly redirectUri: string;
  readonly clientId: string;
  readonly auth: SignInBy;
  /** Signed in by the session of the person's own pages; `other`: who is signed in there instead. */
  readonly session: { readonly other: string | null; readonly off: boolean } | null;
  /** Where a person's status goes there, part by part; null until the organisation's fields were read. */
  readonly places: readonly StatusPlace[] | null;
  /** What the organisation demands of its own for a record, with what was said to it. */
  readonly own: readonly OwnAsk[];
}

/** A field that an organisation demands and that nothing in a log fills. `value` null: somebody must be asked. */
export interface OwnAsk {
  readonly name: string;
  readonly label: string;
  readonly of: readonly (Kind | 'task')[];
  /** `other`: nobody can say it here; whoever administers the CRM has to mend it. */
  readonly holds: 'text' | 'number' | 'flag' | 'choice' | 'day' | 'other';
  readonly choices: readonly { readonly value: string | number; readonly label: string }[];
  /** The CRM takes a log without it. */
  readonly lenient: boolean;
  readonly value: string | number | boolean | null;
}

/** A part of a status and the fields that could hold it. */
export interface StatusPlace {
  readonly part: string;
  readonly what: Sentence;
  /** Null: nowhere. */
  readonly field: string | null;
  readonly choices: readonly { readonly name: string; readonly label: string }[];
}

/** The local directory of one connection. */
export interface DirectoryView {
  readonly connection: string;
  readonly scope: 'mine_and_recent' | 'all_visible';
  /** People of this connection on this device. */
  readonly people: number;
  readonly pulling: boolean;
  readonly got: number;
  /** Of about how many; null where that is not known. */
  readonly about: number | null;
  readonly finishedAt: string | null;
  /** "1,200 of about 4,000 people" */
  readonly sentence: Sentence;
}

/**
 * `oauth`: the CRM's own window, for a client id. `key`: a key, or a name and a password, typed here. `session`: the
 * session of the person's own pages, an opt-in beside OAuth.
 */
export type SignInBy = 'oauth' | 'key' | 'session';

/** What the options page learns from an address before anything is granted. */
export interface Recognised {
  readonly crm: { readonly id: string; readonly name: string };
  readonly tenant: string;
  /** False where the address alone proves nothing: the CRM itself is asked once the permission is there. */
  readonly certain: boolean;
  readonly auth: SignInBy;
  /** The host whose session may be used instead, with a permission of its own; null where there is no such way. */
  readonly session: string | null;
  /** Exactly the origins to ask for, as match patterns. */
  readonly origins: readonly string[];
  readonly redirectUri: string;
}

export interface SettingsView {
  /** The company that answers for the data (controller): named in every notice. */
  readonly controller: {
    readonly name: string;
    readonly privacyContact: string;
    readonly zone: string;
    /** Where it is established, as an ISO code or a name. */
    readonly country?: string;
    /** Days besides weekends that move a deadline on, `YYYY-MM-DD`. */
    readonly holidays?: readonly string[];
    /** An https address where its notice can be read. */
    readonly noticePage?: string;
  };
  readonly zoneAssumed: boolean;
  readonly worksAlone: boolean;
}

export interface TodayView {
  readonly logs: readonly LogView[];
  readonly waiting: number;
  readonly needsYou: number;
  /** When this was true: surfaces take time from here, never from a clock. */
  readonly now?: string;
  /** Next steps of my logs that are due this week or overdue, the earliest first. */
  readonly followUps?: readonly FollowUp[];
  readonly connection: ConnectionState;
  readonly offline: boolean;
}

export type Done = { readonly is: 'done' } | { readonly is: 'refused'; readonly why: Sentence };

// ---------------------------------------------------------------- the contract

export interface Contract {
  /** The badge for the record in the sender's tab; null where there is none or it is not confirmed. */
  badge(): BadgeView | null;
  /** The badge was clicked: trusted, and visible when it was. The background answers with `show` to the tab. */
  badgeClicked(ask: { visible: boolean }): null;
  /** The page took the badge away again and again: the script gives up, and the toolbar's button says so. */
  badgeTaken(): null;

  /** Binds a form to record, user, role, zone and moment, or returns the open one with its draft. */
  openForm(): FormView;
  saveDraft(ask: { formId: string; text: string }): Done;
  preview(ask: { formId: string; text: string }): Preview;
  /** Picks one person for a mention that fits several. */
  choosePerson(ask: { formId: string; mention: string; person: string }): Done;
  /** Says what the CRM demands of its own; kept with the form, and remembered once it is saved. */
  answerInForm(ask: { formId: string; field: string; value: string | number | boolean | null }): Done;
  /** Of the local directory; `inCrm` asks the CRM as well if nobody here fits, and waits until everybody here is read. */
  findPeople(ask: { formId: string; words: string; inCrm?: boolean }): FoundPeople;
  /** Who of an invitation is known here; `isMe` is the person in front of the screen. In the order asked. */
  findByEmail(ask: {
    formId: string;
    people: readonly { readonly email: string; readonly name: string }[];
  }): readonly { readonly person: Person | null; readonly isMe: boolean }[];
  /** `effort` stays on this device. */
  commit(ask: { formId: string; text: string; armed: boolean; effort?: Effort }): Committed;
  undo(ask: { activity: string }): Done;
  /** What a log cost its person, or the last seven days together: for nobody else. */
  burden(ask: { activity: string | null }): Sentence | null;
  /** How the last log of a form is doing. */
  progress(ask: { activity: string }): LogView | null;
  /** The frame reports itself and its wanted height in CSS pixels. */
  frameReady(ask: { height: number }): null;
  closePanel(): null;
  /** Moves the frame to the other side of the page; remembered on this device. */
  dockPanel(): null;
  /** Opens the toolbar popup with the same draft, where a frame may not commit. */
  continueInPopup(): null;
  openDashboard(ask: { view?: string; contact?: string }): null;

  today(): TodayView;
  contacts(): ContactsView;
  /** Contacts whose names fit as `@` fits them, best first. */
  findContacts(ask: { words: string }): readonly string[];
  held(): readonly LogView[];
  timeline(ask: { contact: string }): TimelineView | null;
  prepareNotice(ask: {
    contact: string;
    route: Route;
    language: string;
  }): NoticeDraft | { readonly is: 'refused'; readonly why: Sentence };
  /** Records the attempt; the person is not told yet. Answers with the attempt's id. */
  attemptNotice(ask: {
    commandId: string;
    contact: string;
    route: Route;
    language: string;
  }): { readonly attempt: string } | { readonly is: 'refused'; readonly why: Sentence };
  confirmTold(ask: { commandId: string; contact: string; attempt: string }): Done;
  noticeFailed(ask: {
    commandId: string;
    contact: string;
    ref: string;
    reason: 'bounced' | 'returned' | 'not_sent';
  }): Done;
  raiseObjection(ask: { commandId: string; contact: string; scope: 'general' | 'direct_marketing' }): Done;
  /** Takes back a fact of this device's author, within ten seconds. */
  voidFact(ask: { commandId: string; contact: string; ref: string }): Done;
  verify(): VerifyView;
  /** Everything the law lets people do about a person; who may, and what must be there first, is decided behind it. */
  act(ask: { commandId: string; contact: string; act: Act; words?: string }): Done;
  /** A consent that the person gave: a fact for each purpose and channel. Whether they were told is another matter. */
  recordConsent(ask: { commandId: string; contact: string; consent: Consented }): Done;
  /** A second proof of a delivery, kept as content: the mail, a photo of the signed card, a named witness. */
  attachEvidence(ask: {
    commandId: string;
    contact: string;
    ref: string;
    kind: 'mail' | 'letter' | 'photo' | 'signature' | 'witness' | 'other';
    name: string;
    text: string;
  }): Done;
  /** The officer's desk. */
  desk(): DeskView;
  /** Everything held about a person, as a file. The export is itself a fact. */
  exportAccess(ask: {
    commandId: string;
    contact: string;
    portable?: boolean;
  }): FileView | { readonly is: 'refused'; readonly why: Sentence };
  /** Destroys what this device holds about a person, and says what it did and could not do. */
  erase(ask: {
    commandId: string;
    contact: string;
    ground: ErasureGround;
  }): ErasedView | { readonly is: 'refused'; readonly why: Sentence };
  policy(): PolicyView;
  changePolicy(ask: { commandId: string; reason: string; changes: readonly PolicyChange[] }): Done;
  retry(ask: { activity: string }): Done;
  syncNow(): null;
  /** Opens a saved log's line again, with its text; what is saved from it puts the log right. */
  reopen(ask: { activity: string }): FormView | { readonly is: 'refused'; readonly why: Sentence };
  /** The line was closed without saving: the log may leave. */
  closeAgain(ask: { activity: string }): Done;
  /** Deletes a log, or takes it back out of the CRM; for ten seconds it can be given back. */
  takeBack(ask: { commandId: string; activity: string }): Done;
  restore(ask: { commandId: string; activity: string }): Done;
  /** All its words become private, as long as none of them left. */
  keepPrivate(ask: { commandId: string; activity: string }): Done;
  markStep(ask: { commandId: string; activity: string; step: number; done: boolean }): Done;

  recognise(ask: { address: string }): Recognised | null;
  connections(): readonly ConnectionView[];
  /** After the permission was granted by a click: signs in and tests the set-up. */
  connect(ask: {
    address: string;
    clientId: string;
    /** For a CRM without OAuth. A password buys a token and is not kept. */
    credentials?: { key: string } | { user: string; password: string };
    /** By the session of the person's own pages; its permission was asked for in the same click. */
    session?: true;
  }): ConnectionView | { readonly is: 'refused'; readonly why: Sentence };
  testConnection(ask: { connection: string }): ConnectionView;
  /** Which field holds a part of a status there; null for nowhere. */
  placeStatus(ask: { connection: string; part: string; field: string | null }): Done;
  /** What an organisation's own demand is filled with; null takes it back. */
  answerOwn(ask: { connection: string; field: string; value: string | number | boolean | null }): Done;
  disconnect(ask: { connection: string }): Done;
  directories(): readonly DirectoryView[];
  /** Looks for changes now, in another scope if one is named. */
  pullDirectory(ask: { connection: string; scope?: 'mine_and_recent' | 'all_visible' }): Done;
  cancelPull(ask: { connection: string }): Done;
  /** The ledger is gone, and its person says that the empty one is theirs from now on. */
  startAnew(): Done;
  settings(): SettingsView;
  saveSettings(ask: SettingsView): Done;
}

export type Message = keyof Contract;
export type Ask<M extends Message> = Parameters<Contract[M]>[0];
export type Answer<M extends Message> = ReturnType<Contract[M]>;

/** For each message, exactly who may send it. A message without a line does not compile. */
export const MAY_ASK: { readonly [M in Message]: readonly Caller[] } = {
  badge: ['page'],
  badgeClicked: ['page'],
  badgeTaken: ['page'],
  openForm: ['guest', 'own'],
  saveDraft: ['guest', 'own'],
  preview: ['guest', 'own'],
  choosePerson: ['guest', 'own'],
  answerInForm: ['guest', 'own'],
  findPeople: ['guest', 'own'],
  findByEmail: ['guest', 'own'],
  commit: ['guest', 'own'],
  burden: ['guest', 'own'],
  undo: ['guest', 'own'],
  progress: ['guest', 'own'],
  frameReady: ['guest'],
  closePanel: ['guest'],
  dockPanel: ['guest'],
  continueInPopup: ['guest'],
  openDashboard: ['guest', 'own'],
  today: ['own'],
  contacts: ['own'],
  findContacts: ['own'],
  held: ['own'],
  timeline: ['own'],
  prepareNotice: ['own'],
  attemptNotice: ['own'],
  confirmTold: ['own'],
  noticeFailed: ['own'],
  raiseObjection: ['own'],
  voidFact: ['own'],
  verify: ['own'],
  act: ['own'],
  recordConsent: ['own'],
  attachEvidence: ['own'],
  desk: ['own'],
  exportAccess: ['own'],
  erase: ['own'],
  policy: ['own'],
  changePolicy: ['own'],
  retry: ['own'],
  syncNow: ['own'],
  reopen: ['own'],
  closeAgain: ['own'],
  takeBack: ['own'],
  restore: ['own'],
  keepPrivate: ['own'],
  markStep: ['own'],
  recognise: ['own'],
  connections: ['own'],
  connect: ['own'],
  testConnection: ['own'],
  placeStatus: ['own'],
  answerOwn: ['own'],
  disconnect: ['own'],
  directories: ['own'],
  pullDirectory: ['own'],
  cancelPull: ['own'],
  startAnew: ['own'],
  settings: ['own'],
  saveSettings: ['own'],
};

// ---------------------------------------------------------------- announcements: a poke, not a payload

/** Background to everybody: something changed, ask again. */
export interface Announcements {
  changed: null;
}

/** Background to the content script of one tab. */
export interface TabOrders {
  /** Draw the badge again for what the address says now. */
  refresh: null;
  /** Hold one panel frame and focus it. With it, and on its own, where the frame is and how high: its style, as text. */
  show: string;
  hide: null;
  resize: string;
}
