/** What the private endpoints answer (../ui.ts), for the pages' own type check. */

export interface Link {
  id: string;
  object: string;
  name: string;
  detail?: string;
}

export interface Session {
  org: string;
  user: string;
  userId: string;
  now: string;
  sharedActivities: boolean;
}

export interface Entry {
  object: 'Event' | 'Task';
  id: string;
  subject: string | null;
  start: string;
  end: string | null;
  minutes: number | null;
  due: string | null;
  status: string | null;
  subtype: string | null;
  location: string | null;
  description: string | null;
  account: Link | null;
  attendees: Link[];
  owner: Link | null;
  created: string;
  modified: string;
}

export interface Colleague {
  id: string;
  name: string;
  title: string | null;
  department: string | null;
  email: string | null;
  phone: string | null;
  city: string | null;
}

export interface CrmRecord {
  object: string;
  id: string;
  name: string;
  fields: Record<string, string | number | boolean | null>;
  account: Link | null;
  owner: Link | null;
  createdBy: Link | null;
  modifiedBy: Link | null;
  who: Link | null;
  what: Link | null;
  attendees: Link[];
  colleagues: Colleague[];
  timeline: Entry[];
}

export interface ListRow {
  id: string;
  name: string;
  title: string | null;
  account: Link | null;
  city: string | null;
  country: string | null;
  phone: string | null;
  email: string | null;
  owner: string;
}

export interface List {
  object: string;
  rows: ListRow[];
}

export type Child = Node | string | number | null | undefined | false | Child[];

declare global {
  interface Window {
    /** Every key the page's own listener has seen, in order. */
    __seenKeys: string[];
  }
}
