/** What a person does from the dashboard: each act is a command, its answer a toast or the reason why not. */
import type { Answer, Done, Sentence } from '../contract.ts';
import type { Route } from '../domain/activity.ts';
import { type Refused, refusedIn, useCommand } from './commands.ts';
import type { Scope } from './contact/objected.tsx';
import type { FailReason } from './contact/pending.tsx';
import type { Hands, Who } from './hands.ts';
import type { Show } from './toast.tsx';

export interface Acts {
  readonly onRetry: (activity: string) => Promise<void>;
  readonly onUndoLog: (activity: string) => Promise<void>;
  readonly onSync: () => void;
  readonly onAttempt: (who: Who, route: Route, language: string) => Promise<Answer<'attemptNotice'> | Refused>;
  /** Null when done; else why not, to be shown where the person pressed. */
  readonly onConfirm: (who: Who, attempt: string) => Promise<Sentence | null>;
  /** All whose notice is on its way; `onEach` hears which one it is at. Null when all of them were confirmed. */
  readonly onConfirmAll: (people: readonly Who[], onEach: (index: number) => void) => Promise<Sentence | null>;
  readonly onNotSent: (who: Who) => Promise<Sentence | null>;
  readonly onFailed: (who: Who, attempt: string, reason: FailReason) => Promise<Sentence | null>;
  readonly onRaise: (who: Who, scope: Scope) => Promise<Sentence | null>;
}

export function useActs({ say, ask, newId }: Hands, show: Show, onDone: () => void): Acts {
  const command = useCommand(newId);

  const tellAnswer = (answer: Done): void => {
    const refused = refusedIn(answer);
    if (refused) show(say(refused.why));
  };
  const onRetry = async (activity: string): Promise<void> =>
    tellAnswer(await command(`retry/${activity}`, () => ask('retry', { activity })));
  const onUndoLog = async (activity: string): Promise<void> =>
    tellAnswer(await command(`undo/${activity}`, () => ask('undo', { activity })));
  const onSync = (): void => {
    ask('syncNow').then(
      () => show(say('dashSyncing')),
      () => show(say('dashNoAnswer')),
    );
  };

  /** Takes back the newest fact of a type: confirmations answer *done* only, so the timeline names it. */
  const voidNewest = async (who: Who, type: string): Promise<Refused | null> =>
    refusedIn(
      await command(`void/${who.contact}/${type}`, async (commandId): Promise<Done> => {
        const timeline = await ask('timeline', { contact: who.contact });
        const newest = [...(timeline?.entries ?? [])]
          .filter((entry) => entry.type === type && !entry.voided)
          .sort((a, b) => b.recordedAt.localeCompare(a.recordedAt))[0];
        if (!newest) return { is: 'refused', why: { key: 'dashUndoGone' } };
        return ask('voidFact', { commandId, contact: who.contact, ref: newest.id });
      }),
    );
  const takeBack = async (who: Who, type: string, words: string): Promise<void> => {
    const refused = await voidNewest(who, type);
    show(refused ? say(refused.why) : words);
  };

  const confirm = async (who: Who, attempt: string): Promise<Sentence | null> => {
    const answer = await command(`confirm/${attempt}`, (commandId) =>
      ask('confirmTold', { commandId, contact: who.contact, attempt }),
    );
    return refusedIn(answer)?.why ?? null;
  };
  const onConfirm: Acts['onConfirm'] = async (who, attempt) => {
    const why = await confirm(who, attempt);
    if (why) return why;
    onDone();
    show(say('tellDone', who.name), () => void takeBack(who, 'notice.delivered', say('tellUndone', who.name)));
    return null;
  };
  const onFailed: Acts['onFailed'] = async (who, attempt, reason) => {
    const answer = await command(`failed/${attempt}/${reason}`, (commandId) =>
      ask('noticeFailed', { commandId, contact: who.contact, ref: attempt, reason }),
    );
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    onDone();
    show(say('tellFailed', who.name));
    return null;
  };
  const onRaise = async (who: Who, scope: Scope): Promise<Sentence | null> => {
    const answer = await command(`objection/${who.contact}/${scope}`, (commandId) =>
      ask('raiseObjection', { commandId, contact: who.contact, scope }),
    );
    const refused = refusedIn(answer);
    if (refused) return refused.why;
    onDone();
    show(
      say(scope === 'general' ? 'objectionDone' : 'objectionMarketingDone', who.name),
      () => void takeBack(who, 'objection.raised', say('objectionUndone', who.name)),
    );
    return null;
  };

  const onAttempt: Acts['onAttempt'] = (who, route, language) =>
    command(`attempt/${who.contact}/${route}/${language}`, (commandId) =>
      ask('attemptNotice', { commandId, contact: who.contact, route, language }),
    );

  const pendingOf = async ({ contact }: Who): Promise<string | null> =>
    (await ask('timeline', { contact }))?.pendingAttempt?.attempt ?? null;
  const onConfirmAll: Acts['onConfirmAll'] = async (people, onEach) => {
    const told: Who[] = [];
    let why: Sentence | null = null;
    for (const [index, who] of people.entries()) {
      onEach(index);
      const attempt = await pendingOf(who).catch(() => null);
      const refused = attempt === null ? { key: 'tellManyGone', args: [who.name] } : await confirm(who, attempt);
      if (refused) why ??= refused;
      else told.push(who);
    }
    const count = told.length;
    if (count > 0)
      show(say({ key: 'tellManyDone', count, args: [count] }), () => {
        void Promise.all(told.map((who) => voidNewest(who, 'notice.delivered'))).then((answers) => {
          const back = answers.filter((answer) => answer === null).length;
          show(say({ key: 'tellManyUndone', count: back, args: [back] }));
        });
      });
    return why;
  };
  const onNotSent: Acts['onNotSent'] = async (who) => {
    const attempt = await pendingOf(who).catch(() => null);
    return attempt === null ? { key: 'tellManyGone', args: [who.name] } : onFailed(who, attempt, 'not_sent');
  };

  return { onConfirmAll, onNotSent, onRetry, onUndoLog, onSync, onAttempt, onConfirm, onFailed, onRaise };
}
