/**
 * What the dashboard orders: each command carries an id that is kept until the background has answered,
 * so a double click or a second try after silence is the same command and makes one fact.
 */
import { useRef } from 'preact/hooks';
import type { Sentence } from '../contract.ts';

export interface Refused {
  readonly is: 'refused';
  readonly why: Sentence;
}

export type Command = <A>(key: string, run: (commandId: string) => Promise<A>) => Promise<A | Refused>;

export const NO_ANSWER: Refused = { is: 'refused', why: { key: 'dashNoAnswer' } };

export const refusedIn = (answer: unknown): Refused | null =>
  typeof answer === 'object' && answer !== null && (answer as { is?: unknown }).is === 'refused'
    ? (answer as Refused)
    : null;

export function useCommand(newId: () => string): Command {
  const ids = useRef(new Map<string, string>());
  const command = useRef<Command>(async (key, run) => {
    const id = ids.current.get(key) ?? newId();
    ids.current.set(key, id);
    try {
      const answer = await run(id);
      ids.current.delete(key);
      return answer;
    } catch {
      return NO_ANSWER;
    }
  });
  return command.current;
}
