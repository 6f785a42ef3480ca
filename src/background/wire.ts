/** A connection, and what it takes to reach it. */
import type { About } from '../crm/adapter.ts';
import type { Platform } from './platform.ts';
import type { ConnectionRow } from './store/schema.ts';
import type { Store } from './store/store.ts';

export interface Wire {
  readonly store: Store;
  readonly platform: Platform;
  readonly about: About;
  readonly connection: ConnectionRow;
}
