/** What every handler is handed: the store, the seams, the way to a CRM, and the pokes. */
import type { About, Api } from '../crm/adapter.ts';
import type { Say } from '../words.ts';
import type { PeopleSearch } from './people-search.ts';
import type { Platform } from './platform.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { Store } from './store/store.ts';

export interface House {
  readonly store: Store;
  readonly people: PeopleSearch;
  readonly platform: Platform;
  readonly say: Say;
  readonly abouts: readonly About[];
  /** The CRM behind a connection, through a `send` that reaches only its origin. */
  api(connection: ConnectionRow): Api;
  /** Something changed: surfaces and badges ask again. */
  changed(): void;
  /** There may be something to send. Returns at once. */
  wake(): void;
}

/** The connection for a tenant; an address belongs to at most one. */
export const connectionId = (crm: string, tenant: string): string => `${crm}@${tenant}`;
