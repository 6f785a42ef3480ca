/** A connection for the options. */
import type { ConnectionView, StatusPlace } from '../../contract.ts';
import { fits, MAP_PARTS } from '../../domain/crm-status.ts';
import { asksOf } from '../../domain/own-fields.ts';
import type { House } from '../house.ts';
import type { Kept } from '../status-fields.ts';
import type { ConnectionRow } from '../store/schema.ts';
import { ownView } from './own.ts';

/** A connection as the options show it: no token, no credential. */
export const connectionView = async (house: House, row: ConnectionRow): Promise<ConnectionView> => {
  const about = house.abouts.find(({ id }) => id === row.crm);
  const waiting = await house.store.read((tx) => tx.count('outbox', { index: 'state', prefix: [row.id, 'queued'] }));
  return {
    id: row.id,
    crm: { id: row.crm, name: about?.name ?? row.crm },
    tenant: row.tenant,
    state: row.state,
    user: row.userName,
    organisation: row.organisation,
    missing: row.missing.map((what) => ({
      what: { key: `setup_${what}` },
      forAdministrator: { key: `setupAdmin_${what}` },
    })),
    attendeeLinks: row.attendeeLinks,
    pausedUntil: row.pausedUntil > house.platform.now() ? new Date(row.pausedUntil).toISOString() : null,
    waiting,
    redirectUri: house.platform.redirectUri(),
    clientId: row.clientId,
    auth: row.session ? 'session' : (about?.auth.kind ?? 'oauth'),
    session: row.session ? { other: row.session.other, off: row.session.off === true } : null,
    places: row.status ? placesIn(row.status) : null,
    own: asksOf(row.own).map((field) => ownView(field, row.own?.values[field.name])),
  };
};

/** Of a purpose only where the CRM has any. */
const placesIn = ({ offered, map }: Kept): readonly StatusPlace[] =>
  MAP_PARTS.filter((part) => part !== 'purpose' || offered.some((field) => fits(part, field))).map((part) => ({
    part,
    what: { key: `statusPart_${part}` },
    field: map[part] ?? null,
    choices: offered.filter((field) => fits(part, field)).map(({ name, label }) => ({ name, label })),
  }));
