/** Consents by channel (`ContactPointTypeConsent`), which hang on the person's `Individual`. */
import * as v from 'valibot';
import { type Limit, Refused, type Send } from '../adapter.ts';
import { type Least, leastPermissive } from '../reconcile.ts';
import { oneOf, rowsOf } from './query.ts';
import { Id } from './read.ts';

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
});
export type Consent = v.InferOutput<typeof Row>;

/** Rows by the person's id; none where the organisation has no such object. */
export const consentsOf = async (send: Send, individuals: readonly string[]): Promise<readonly Consent[]> => {
  if (individuals.length === 0) return [];
  const soql = `SELECT Id, PartyId, ContactPointType, PrivacyConsentStatus FROM ContactPointTypeConsent WHERE PartyId IN ${oneOf(individuals)}`;
  const rows = await rowsOf(send, soql, Row);
  if (!('is' in rows)) return rows.value;
  if (rows.is === 'invalid' || rows.is === 'forbidden' || rows.is === 'gone') return [];
  throw new Refused(rows);
};

const MEANS: ReadonlyMap<string, boolean> = new Map([
  ['OptOut', true],
  ['OptIn', false],
]);

export const placesOf = (flags: Readonly<Partial<Record<Limit, boolean>>>, consents: readonly Consent[]): Least =>
  leastPermissive(
    flags,
    consents.flatMap(({ ContactPointType, PrivacyConsentStatus }) => {
      const limit = CHANNELS.get(ContactPointType);
      const stops = MEANS.get(PrivacyConsentStatus ?? '');
      return limit && stops !== undefined ? [{ limit, stops }] : [];
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
