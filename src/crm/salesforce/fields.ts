/** Which objects and fields a log becomes. Data only. */
import type { Kind } from '../../domain/activity.ts';

export const BASE = '/services/data/v60.0';
/** The one field an administrator adds: text, external id, unique, on Activity, so that Event and Task share it. */
export const KEY_FIELD = 'Candor_Key__c';
/** Records in one collection call. */
export const MOST = 200;
/** Letters a subject may have. */
export const SUBJECT_LENGTH = 255;

export type ActivityObject = 'Event' | 'Task';

export interface Shape {
  readonly object: ActivityObject;
  readonly fixed: Readonly<Record<string, string>>;
}

const EVENT: Shape = { object: 'Event', fixed: {} };

export const SHAPES: Readonly<Record<Kind, Shape>> = {
  meeting: EVENT,
  visit: EVENT,
  call: { object: 'Task', fixed: { TaskSubtype: 'Call', Status: 'Completed' } },
  email: { object: 'Task', fixed: { TaskSubtype: 'Email', Status: 'Completed' } },
  note: { object: 'Task', fixed: { Status: 'Completed' } },
};

/** Fields that can be given when a record is made and never again. */
export const ONLY_AT_CREATION: readonly string[] = ['TaskSubtype'];

/** A record id says by its first three characters what it is of. */
export const PREFIXES: Readonly<Record<ActivityObject, string>> = { Event: '00U', Task: '00T' };
export const objectOf = (id: string): ActivityObject | null =>
  id.startsWith(PREFIXES.Event) ? 'Event' : id.startsWith(PREFIXES.Task) ? 'Task' : null;

/**
 * A further attendee. For an event it is said in so many words that this is no invitation: the default of a row
 * that says nothing is an invitee, who would get mail.
 */
export const LINKS = {
  Event: { object: 'EventRelation', activity: 'EventId', fixed: { IsParent: true, IsInvitee: false } },
  Task: { object: 'TaskRelation', activity: 'TaskId', fixed: {} },
} as const satisfies Record<ActivityObject, unknown>;

/** What is read of a person. */
export const CONTACT_FIELDS =
  'Id, Name, FirstName, LastName, Title, Email, MailingCountry, MailingState, AccountId, Account.Name, CreatedDate';
/** Contacts of one account. */
export const MOST_CONTACTS = 200;
/** People offered for a search. */
export const MOST_FOUND = 20;
