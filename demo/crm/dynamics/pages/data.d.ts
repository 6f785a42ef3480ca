/** What the private endpoints answer, for the pages' own types. */
export interface Link {
  etn: string;
  id: string;
  name: string;
}

export interface Session {
  org: string;
  user: string;
  now: string;
}

export interface Entry extends Pick<Link, 'etn' | 'id'> {
  subject: string | null;
  description: string | null;
  start: string | null;
  end: string | null;
  done: boolean;
  regarding: Link | null;
  with: Link[];
  owner: Link | null;
  created: string;
  modified: string;
}

export interface Person {
  id: string;
  name: string;
  title: string | null;
  mail: string | null;
}

export interface Form extends Link {
  fields: Record<string, string | number | boolean | null>;
  account: Link | null;
  regarding: Link | null;
  owner: Link | null;
  contacts: Person[];
  timeline: Entry[];
  connections: Link[];
}

export interface ListRow extends Person {
  account: Link | null;
  city: string | null;
}
