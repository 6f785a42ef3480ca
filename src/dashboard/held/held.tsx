/** Held: what is withheld or waiting, per log, and why. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LogView } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import type { Say } from '../../words.ts';
import { Empty, Logs, More } from '../pieces.tsx';

const PAGE = 50;

export function Held({
  say,
  when,
  logs,
  tell,
  onRetry,
  onUndo,
  onSync,
}: {
  say: Say;
  when: Dates;
  logs: readonly LogView[];
  tell: (contact: string) => JSX.Element | null;
  onRetry: (activity: string) => void;
  onUndo: (activity: string) => void;
  onSync: () => void;
}): JSX.Element {
  const [limit, setLimit] = useState(PAGE);
  const needs = logs.filter((log) => log.progress === 'needs_you');
  const rest = logs.filter((log) => log.progress !== 'needs_you');
  const sorted = [...needs, ...rest];
  if (logs.length === 0)
    return (
      <>
        <h1 class="sentence">{say('dashHeldNone')}</h1>
        <Empty>{say('dashHeldEmpty')}</Empty>
      </>
    );
  return (
    <>
      <header class="headline">
        <h1 class="sentence">{say({ key: 'dashHeldCount', count: logs.length, args: [logs.length] })}</h1>
        <button type="button" class="button" onClick={onSync}>
          {say('dashSyncNow')}
        </button>
      </header>
      <p class="soft lead">{say('dashHeldMeans')}</p>
      <h2 class="sr-only">{say('dashLogs')}</h2>
      <Logs say={say} when={when} logs={sorted.slice(0, limit)} tell={tell} onRetry={onRetry} onUndo={onUndo} />
      <More
        say={say}
        shown={Math.min(limit, sorted.length)}
        total={sorted.length}
        step={PAGE}
        onMore={() => setLimit(limit + PAGE)}
      />
    </>
  );
}
