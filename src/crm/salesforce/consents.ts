/** Consents by channel (`ContactPointTypeConsent`), which hang on the person's `Individual`. */
import * as v from 'valibot';
import { type Limit, Refused, type Send, type StatusField } from '../adapter.ts';
import type { Refusal } from '../exchange.ts';
import { type Least, leastPermissive } from '../reconcile.ts';
import { oneOf, rowsOf } from './query.ts';
import { Id, Instant } from './read.ts';
import { canonicalId } from './record-id.ts';

/** The names of its kinds of contact point. */
const CHANNELS: ReadonlyMap<string, Limit> = new Map([
  ['Email', 'email'],
  ['Phone', 'phone'],
  ['MailingAddress', 'post'],
  ['Social', 'message'],
]);

const Row = v.object({
  Id,
  PartyId: Id,
  ContactPointType: v.string(),
  PrivacyConsentStatus: v.nullish(v.string(), ''),
  DataUsePurposeId: v.nullish(Id, null),
  LastModifiedDate: v.nullish(Instant, null),
});
export interface Consent extends v.InferOutput<typeof Row> {
  /** It is for the purpose that may be opened. */
  readonly opens: boolean;
}

const isFor = ({ DataUsePurposeId: mine, LastModifiedDate: at }: v.InferOutput<typeof Row>, purpose?: string) =>
  purpose !== undefined && at !== null && mine !== null && mine === canonicalId(purpose);

/** May not be asked for, or is not there: of an object, or of a field. */
const isShut = ({ is }: Refusal): boolean => is === 'forbidden' || is === 'invalid' || is === 'gone';

/** Rows by the person's id; none where the organisation has no such object. */
export const consentsOf = async (
  send: Send,
  individuals: readonly string[],
  purpose: string | undefined,
): Promise<readonly Consent[]> => {
  if (individuals.length === 0) return [];
  const asked = (more: string) =>
    rowsOf(
      send,
      `SELECT Id, PartyId, ContactPointType, PrivacyConsentStatus${more} FROM ContactPointTypeConsent WHERE PartyId IN ${oneOf(individuals)}`,
      Row,
    );
  let rows = await asked(purpose ? ', DataUsePurposeId, LastModifiedDate' : '');
  // What may not be read of a purpose must not keep a row from being closed: then it is asked for without.
  if (purpose && 'is' in rows && isShut(rows)) rows = await asked('');
  if (!('is' in rows)) return rows.value.map((row) => ({ ...row, opens: isFor(row, purpose) }));
  if (isShut(rows)) return [];
  throw new Refused(rows);
};

const MEANS: ReadonlyMap<string, boolean> = new Map([
  ['OptOut', true],
  ['OptIn', false],
]);

export const placesOf = (flags: Readonly<Partial<Record<Limit, boolean>>>, consents: readonly Consent[]): Least =>
  leastPermissive(
    flags,
    consents.flatMap(({ ContactPointType, PrivacyConsentStatus, LastModifiedDate, opens }) => {
      const limit = CHANNELS.get(ContactPointType);
      const stops = MEANS.get(PrivacyConsentStatus ?? '');
      return limit && stops !== undefined ? [{ limit, stops, opens: opens ? LastModifiedDate : null }] : [];
    }),
  );

/** Those that are still open for a channel that is closed now. */
export const toClose = (
  consents: readonly Consent[],
  values: Readonly<Partial<Record<Limit, unknown>>>,
): readonly Consent[] =>
  consents.filter(({ ContactPointType, PrivacyConsentStatus }) => {
    const limit = CHANNELS.get(ContactPointType);
    return limit && values[limit] === true && PrivacyConsentStatus === 'OptIn';
  });

/** Those that are closed for the purpose and may be opened now; with the day of the act that opens them. */
export const toOpen = (
  consents: readonly Consent[],
  since: Readonly<Partial<Record<Limit, string>>>,
): readonly { readonly id: string; readonly version: string; readonly capturedAt: string }[] =>
  consents.flatMap(({ Id: id, ContactPointType, PrivacyConsentStatus, LastModifiedDate: at, opens }) => {
    const limit = CHANNELS.get(ContactPointType);
    const capturedAt = limit && since[limit];
    if (!opens || !at || !capturedAt || PrivacyConsentStatus !== 'OptOut') return [];
    return [{ id, version: new Date(at).toUTCString(), capturedAt }];
  });

const Purpose = v.object({ Id, Name: v.nullish(v.string(), '') });

/** Purposes of the organisation; none without data protection. */
export const purposesOf = async (send: Send): Promise<readonly StatusField[]> => {
  const rows = await rowsOf(send, 'SELECT Id, Name FROM DataUsePurpose', Purpose);
  if (!('is' in rows))
    return rows.value.map(({ Id: name, Name }) => ({ name, label: Name || name, holds: 'purpose', native: false }));
  if (isShut(rows)) return [];
  throw new Refused(rows);
};
