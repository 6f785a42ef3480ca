/** The words a person is shown, with their hash. */
import type { NoticeKind } from '../domain/events.ts';
import { sha256Hex } from '../domain/hash.ts';
import { type Controller, type Notice, noticeFor } from '../domain/policy/notices.ts';

export const noticeShown = (
  controller: Controller,
  kind: NoticeKind,
  language: string,
  person: string,
): { readonly notice: Notice; readonly textHash: string } => {
  const notice = noticeFor(kind, language, controller, person);
  return { notice, textHash: sha256Hex(`${notice.subject}\n\n${notice.body}`) };
};
