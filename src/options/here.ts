/** What the options show, asked for again whenever the background says that something changed. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ConnectionView, DirectoryView, PolicyView, Sentence, SettingsView } from '../contract.ts';
import type { AskFunction } from '../messenger.ts';
import { unanswered } from '../ui/unanswered.ts';

export interface Here {
  readonly settings: SettingsView;
  readonly connections: readonly ConnectionView[];
  readonly directories: readonly DirectoryView[];
  readonly policy: PolicyView;
}

export interface Looked {
  readonly here: Here | 'asking' | 'failed';
  /** Why the last question was not answered; what was shown before it stays. */
  readonly trouble: Sentence | null;
  readonly again: () => Promise<void>;
}

export const useHere = (ask: AskFunction, onChanged: (then: () => void) => () => void): Looked => {
  const [here, setHere] = useState<Here | 'asking' | 'failed'>('asking');
  const [trouble, setTrouble] = useState<Sentence | null>(null);
  const round = useRef(0);
  const again = useCallback(async (): Promise<void> => {
    round.current += 1;
    const mine = round.current;
    try {
      const [settings, connections, directories, policy] = await Promise.all([
        ask('settings'),
        ask('connections'),
        ask('directories'),
        ask('policy'),
      ]);
      if (round.current !== mine) return;
      setHere({ settings, connections, directories, policy });
      setTrouble(null);
    } catch (error) {
      if (round.current !== mine) return;
      setHere((before) => (typeof before === 'object' ? before : 'failed'));
      setTrouble(unanswered(error, 'optionsNoAnswer'));
    }
  }, [ask]);
  useEffect(() => {
    void again();
    return onChanged(() => void again());
  }, [again, onChanged]);
  return { here, trouble, again };
};
