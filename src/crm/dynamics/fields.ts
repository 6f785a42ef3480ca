/**
 * Which tables and columns a log becomes. Data only.
 *
 * **A log never sends an invitation.** Where server-side synchronisation is on, an appointment is copied into its
 * organiser's mailbox, and the mail server invites its *attendees*: required and optional ones, also when one is added
 * later. The vendor documents that nothing is sent when nobody attends or when the start is in the past
 * (power-platform/admin/sync-logic, "Appointment invitations"); others report exceptions to the second. So Candor never
 * writes an attendee, or any other activity party, at all:
 *
 * - the person a log is about is what the activity *regards*, a lookup that is not mailed to;
 * - every further person is *connected* to it, a row of the table that exists for this, which nothing mails either;
 * - an appointment is completed in the same change set that makes it, so that no mailbox ever sees it open;
 * - no `emails` are written: a log of an e-mail is a completed task, which is never sent.
 *
 * A note is a completed task too, not an annotation: an annotation can neither be connected to a second person nor
 * given to one who is released later.
 */
import type { Kind } from '../../domain/activity.ts';

export const BASE = '/api/data/v9.2';
/** Operations in one batch: the vendor's advice for clients that people wait for. A change set of two counts two. */
export const MOST = 10;
/** Letters a subject may have. */
export const SUBJECT_LENGTH = 200;

export type Table = 'appointment' | 'phonecall' | 'task';

export const SETS: Readonly<Record<Table | 'connection', string>> = {
  appointment: 'appointments',
  phonecall: 'phonecalls',
  task: 'tasks',
  connection: 'connections',
};

/** State and reason of what is over: held, made, completed. */
export const DONE: Readonly<Record<Table, Readonly<Record<string, number>>>> = {
  appointment: { statecode: 1, statuscode: 3 },
  phonecall: { statecode: 1, statuscode: 2 },
  task: { statecode: 1, statuscode: 5 },
};

export interface Shape {
  readonly table: Table;
  readonly fixed: Readonly<Record<string, string | boolean>>;
}

export const SHAPES: Readonly<Record<Kind, Shape>> = {
  meeting: { table: 'appointment', fixed: {} },
  visit: { table: 'appointment', fixed: {} },
  call: { table: 'phonecall', fixed: { directioncode: true } },
  email: { table: 'task', fixed: { category: 'Email' } },
  note: { table: 'task', fixed: { category: 'Note' } },
};

/** An activity's id is `table:guid`: a GUID alone does not say where to find it. */
export const remoteIdOf = (table: Table, guid: string): string => `${table}:${guid}`;

/** What is read of a person. */
export const CONTACT =
  '$select=contactid,fullname,firstname,lastname,jobtitle,emailaddress1,address1_country,address1_stateorprovince,createdon&$expand=parentcustomerid_account($select=accountid,name)';
/** Contacts of one account, how many of them in one page, and after how many pages it is enough. */
export const MOST_CONTACTS = 200;
export const PAGE_SIZE = 100;
export const MOST_PAGES = 20;
/** People offered for a search. */
export const MOST_FOUND = 20;

/** Without these nothing can be written; all activity tables share them. */
export const TO_WRITE = ['prvCreateActivity', 'prvWriteActivity'];
/** Without these a second person cannot be connected. */
export const TO_LINK = ['prvCreateConnection', 'prvAppendConnection'];
