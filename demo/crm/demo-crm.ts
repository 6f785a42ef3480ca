/** What the stage and the tour need of a demo CRM, in words that every CRM has. One file per CRM makes one. */
import type { Faults } from './core/faults.ts';
import type { RecordedRequest } from './core/requests.ts';

/** Something that was logged, as the CRM's own people would find it. */
export interface DemoActivity {
  readonly id: string;
  /** `todo`: still to be done; the others are over. */
  readonly what: 'meeting' | 'call' | 'email' | 'note' | 'todo';
  readonly subject: string;
  readonly note: string;
  readonly start: string | null;
  /** The day a `todo` is due, `YYYY-MM-DD`. */
  readonly due: string | null;
  readonly account: string | null;
  /** Everybody it is kept with, whatever the CRM calls that. */
  readonly people: readonly string[];
}

export interface DemoCrm {
  readonly id: string;
  /** What a person types to sign in: the OAuth client's id, or a name and a password of the CRM. */
  readonly signIn: { readonly clientId: string } | { readonly user: string; readonly password: string };
  /** Where its pages say whose record they show, and where they list an activity (CSS selectors). */
  readonly marks: { readonly name: string; readonly activity: string };
  /** What a person types as the CRM's address. */
  readonly address: string;
  /** Origins that the browser asks about when it is connected. */
  readonly origins: readonly string[];
  /** Host name to loopback port, and the one certificate that is accepted there. */
  readonly hostMap: Readonly<Record<string, number>>;
  readonly spki: string;
  readonly requests: readonly RecordedRequest[];
  readonly faults: Faults;
  /** Of all requests, those to the API: not a page's own. */
  isApi(request: RecordedRequest): boolean;
  /** `account`: by name, where two people share theirs. */
  contact(name: string, account?: string): { readonly id: string; readonly account: string };
  contactUrl(name: string, account?: string): string;
  /** Accounts and the names of their people, the youngest records first: their clocks still run. */
  teams(): readonly { readonly account: string; readonly people: readonly string[] }[];
  /** What Candor wrote; what people logged by hand before is left out. */
  activities(): readonly DemoActivity[];
  close(): Promise<void>;
}

export interface DemoCrmOptions {
  /** First label of the host names. */
  readonly orgName?: string;
  readonly now?: () => Date;
}
