/** What must be there before a fact about telling is recorded. */
import type { NoticePayloads } from '../events/notices.ts';
import { liveDeliveries } from '../status/disclosure.ts';
import { type Guards, nothingAgainst } from './guard.ts';

export const noticeGuards: Guards<keyof NoticePayloads> = {
  'communication.first': nothingAgainst,
  'disclosure.first': nothingAgainst,
  'notice.acknowledged': ({ ref }, { state }) =>
    liveDeliveries(state).some(({ fact }) => fact === ref) ? null : 'unknown_ref',
  'notice.superseded': ({ noticeId, version }, { editions }) =>
    editions.some((one) => one.noticeId === noticeId && one.version === version) ? null : 'notice_not_in_force',
  'evidence.attached': ({ ref }, { state }) =>
    state.deliveries.some(({ fact }) => fact === ref) ? null : 'unknown_ref',
  'exemption.granted': ({ reason, reviewBy }, { policy, status }) =>
    !policy.notice.exemptions.includes(reason)
      ? 'exemption_not_known'
      : reviewBy <= status.today
        ? 'review_in_the_past'
        : null,
};
