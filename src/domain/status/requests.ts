/** Region Q: what the person asked for, each request on its own. Its clock is read with the policy (`clocks.ts`). */
import type { Stop } from '../events/words.ts';
import type { Draft, RequestHeld } from './state.ts';
import { type At, find, type Steps } from './step.ts';

type Mine =
  | 'request.received'
  | 'request.acknowledged'
  | 'request.identity_requested'
  | 'request.identity_ok'
  | 'request.paused'
  | 'request.resumed'
  | 'request.started'
  | 'request.extended'
  | 'request.fulfilled'
  | 'request.refused';

/** Changes one open request; a closed one stays as it is. */
const change = (draft: Draft, ref: string, at: At, how: (request: RequestHeld) => RequestHeld): void => {
  const index = draft.requests.findIndex(({ id }) => id === ref);
  const request = draft.requests[index];
  if (!request) find(draft, 'request_unknown', at);
  else if (request.closedAt === null) draft.requests[index] = how(request);
};

const stop = (request: RequestHeld, what: Stop, from: string): RequestHeld['stops'] =>
  request.stops.some(({ until }) => until === null)
    ? request.stops
    : [...request.stops, { stop: what, from, until: null }];
const go = (request: RequestHeld, at: string): RequestHeld['stops'] =>
  request.stops.map((one) => (one.until === null ? { ...one, until: at } : one));

export const requests: Steps<Mine> = {
  'request.received': (draft, { kind }, { fact }) => {
    draft.lastContactBySubject = fact.occurredAt;
    draft.requests.push({
      id: fact.id,
      kind,
      receivedAt: fact.occurredAt,
      state: 'received',
      acknowledgedAt: null,
      extension: null,
      stops: [],
      closedAt: null,
      refusedBecause: null,
    });
  },
  'request.acknowledged': (draft, { ref }, at) =>
    change(draft, ref, at, (one) => ({ ...one, acknowledgedAt: one.acknowledgedAt ?? at.fact.occurredAt })),
  'request.identity_requested': (draft, { ref }, at) =>
    change(draft, ref, at, (one) => ({
      ...one,
      state: 'identity_pending',
      stops: stop(one, 'identity', at.fact.occurredAt),
    })),
  'request.identity_ok': (draft, { ref }, at) =>
    change(draft, ref, at, (one) => ({ ...one, state: 'in_progress', stops: go(one, at.fact.occurredAt) })),
  'request.paused': (draft, { ref, stop: what }, at) =>
    change(draft, ref, at, (one) => ({ ...one, stops: stop(one, what, at.fact.occurredAt) })),
  'request.resumed': (draft, { ref }, at) =>
    change(draft, ref, at, (one) => ({ ...one, stops: go(one, at.fact.occurredAt) })),
  'request.started': (draft, { ref }, at) => change(draft, ref, at, (one) => ({ ...one, state: 'in_progress' })),
  'request.extended': (draft, { ref, reason, toldAt }, at) =>
    change(draft, ref, at, (one) => ({
      ...one,
      extension: one.extension ?? { recordedAt: at.fact.recordedAt, reason, toldAt },
    })),
  'request.fulfilled': (draft, { ref }, at) =>
    change(draft, ref, at, (one) => ({
      ...one,
      state: 'fulfilled',
      closedAt: at.fact.occurredAt,
      stops: go(one, at.fact.occurredAt),
    })),
  'request.refused': (draft, { ref, reason }, at) =>
    change(draft, ref, at, (one) => ({
      ...one,
      state: 'refused',
      closedAt: at.fact.occurredAt,
      refusedBecause: reason,
      stops: go(one, at.fact.occurredAt),
    })),
};
