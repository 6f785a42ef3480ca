/** Which entities and attributes a log becomes. Data only. */
import type { Kind } from '../../domain/activity.ts';

export const BASE = '/api/v1';
export type Entity = 'Meeting' | 'Call' | 'Task';

export interface Shape {
  readonly entity: Entity;
  readonly fixed: Readonly<Record<string, unknown>>;
}

/**
 * **Nobody is ever invited.** This CRM mails invitations only when told to (`Meeting/action/sendInvitations`), which
 * is not called here; what is written is over (`Held`, `Completed`), is assigned to the person whose log it is, so
 * that no colleague is notified, and has no reminder.
 */
const HELD = { status: 'Held', reminders: [] };

/**
 * A note is a finished task, not a post in the stream: a post can be changed for seven days only, so the words of a
 * person told later could never follow, it cannot change its parent, and it notifies whoever follows the record.
 * An e-mail is one too: an e-mail record wants addresses, and this CRM can send it.
 */
const DONE = { status: 'Completed', reminders: [] };

export const SHAPES: Readonly<Record<Kind, Shape>> = {
  meeting: { entity: 'Meeting', fixed: HELD },
  visit: { entity: 'Meeting', fixed: HELD },
  call: { entity: 'Call', fixed: HELD },
  email: { entity: 'Task', fixed: DONE },
  note: { entity: 'Task', fixed: DONE },
};
export const NEXT_STEP: Shape = { entity: 'Task', fixed: { status: 'Not Started', reminders: [] } };

/** Letters a name may have where the CRM does not say; it says in its metadata. */
export const NAME_LENGTH = 255;
/** The CRM refuses these in a name; what stands for them reads the same. */
export const BAD_IN_NAMES: Readonly<Record<string, string>> = { '<': '‹', '>': '›', '=': '＝' };

/** More in one list is refused. */
export const MOST = 200;
/** People offered for a search. */
export const MOST_FOUND = 20;
/** Records looked for in one question: their marks, or people's ids, stand in its address, whose length has a limit. */
export const MOST_SOUGHT = 20;

export const CONTACT_ATTRIBUTES =
  'id,name,firstName,lastName,title,emailAddress,addressCountry,addressState,accountId,accountName,createdAt';
