/** A request and its clock, as screens show it. */
import type { RequestView, Sentence } from '../../contract.ts';
import { dates } from '../../dates.ts';
import type { ContactState, RequestStatus } from '../../domain/status.ts';
import type { Light } from './person.ts';

const clockSentence = (request: RequestStatus, closedAt: string | null, light: Light): Sentence => {
  const { date, day } = dates(light.zone, light.language, light.now);
  if (request.state === 'refused') return { key: `requestRefused_${request.refusedBecause ?? 'not_applicable'}` };
  if (request.state === 'fulfilled') return { key: 'requestFulfilled', args: [closedAt ? day(closedAt) : ''] };
  if (request.stopped) return { key: `requestStopped_${request.stopped}` };
  if (!request.due || request.daysLeft === null) return { key: 'requestNoClock' };
  if (request.overdue)
    return {
      key: 'requestOverdue',
      args: [request.overdueDays, date(request.due.legalDue)],
      count: request.overdueDays,
    };
  return request.daysLeft <= 0
    ? { key: 'requestLastDay', args: [date(request.due.legalDue)] }
    : { key: 'requestDue', args: [request.daysLeft, date(request.due.legalDue)], count: request.daysLeft };
};

export const requestViews = (
  contact: string,
  name: string,
  state: ContactState,
  requests: readonly RequestStatus[],
  light: Light,
): readonly RequestView[] =>
  requests.map((request) => {
    const held = state.requests.find(({ id }) => id === request.id);
    const closed = request.state === 'fulfilled' || request.state === 'refused';
    return {
      id: request.id,
      contact,
      name,
      kind: request.kind,
      state: request.state,
      receivedAt: held?.receivedAt ?? light.now,
      due: request.due?.legalDue ?? null,
      sentence: clockSentence(request, held?.closedAt ?? null, light),
      overdue: request.overdue && !closed,
      closed,
      extendBy: request.extendBy,
      waitsForPerson: request.stopped !== null,
      unacknowledged: !closed && held?.acknowledgedAt === null,
    };
  });
