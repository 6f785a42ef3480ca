/** What fills the line without typing: the last attendees again, and an invitation. */
import type { FormView, Person, Sentence } from '../../contract.ts';
import type { QuickLogAsk } from './asking.ts';
import { lineFor, readInvitation } from './invitation.ts';

export interface Filling {
  /** At the `@` that stands there, or in the empty line. */
  last(at: number | null): void;
  invitation(ics: Promise<string>): Promise<void>;
}

export const useFilling = ({
  form,
  formId,
  text,
  ask,
  onText,
  tell,
}: {
  form: FormView | null;
  formId: string | null;
  text: string;
  ask: QuickLogAsk;
  onText: (text: string) => void;
  tell: (what: Sentence | null) => void;
}): Filling => {
  /** A name that several people have means the one that was meant before. */
  const choose = async (people: readonly Person[]): Promise<void> => {
    if (formId === null) return;
    for (const { name, id } of people) {
      await ask('choosePerson', { formId, mention: name, person: id }).catch(() => undefined);
    }
  };

  const last = (at: number | null): void => {
    const people = form?.lastPeople ?? [];
    if (people.length === 0) {
      tell({ key: 'logLastPeople' });
      return;
    }
    const names = `${people.map(({ name }) => `@${name}`).join(', ')} `;
    void choose(people).then(() =>
      onText(at === null ? names : text.slice(0, at) + names + text.slice(at + 1).replace(/^ /u, '')),
    );
  };

  const invitation = async (ics: Promise<string>): Promise<void> => {
    const read = form ? await readInvitation(await ics.catch(() => ''), form.now, form.zone) : null;
    if (!read || !form || formId === null) {
      tell({ key: 'logInvitationUnread' });
      return;
    }
    const answers = await ask('findByEmail', { formId, people: read.people }).catch(() => []);
    const people = read.people.flatMap(({ name }, at) =>
      answers[at]?.isMe ? [] : [{ name: answers[at]?.person?.name ?? name, person: answers[at]?.person ?? null }],
    );
    await choose(people.flatMap(({ person }) => (person ? [person] : [])));
    onText(
      lineFor(
        read,
        people.map(({ name }) => name),
        text,
      ),
    );
  };

  return { last, invitation };
};
