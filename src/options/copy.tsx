/** Text to copy for somebody else, with its button and what became of it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Say } from '../words.ts';

type Copied = 'no' | 'yes' | 'failed';

export function CopyLine({
  say,
  label,
  text,
  long = false,
  onCopy,
}: {
  say: Say;
  label: string;
  text: string;
  /** A paragraph rather than a line of code. */
  long?: boolean;
  onCopy: (text: string) => Promise<void>;
}): JSX.Element {
  const [copied, setCopied] = useState<Copied>('no');
  const copy = (): void => {
    onCopy(text).then(
      () => setCopied('yes'),
      () => setCopied('failed'),
    );
  };
  return (
    <div class={`copyline ${long ? 'long' : ''}`}>
      <span class="label soft">{label}</span>
      {long ? <p class="paragraph">{text}</p> : <code class="mono">{text}</code>}
      <button type="button" class="button small" onClick={copy}>
        {say('optionsCopy')}
        <span class="sr-only"> {label}</span>
      </button>
      <span class="soft said" role="status">
        {copied === 'yes' ? say('optionsCopied') : copied === 'failed' ? say('optionsCopyFailed') : ''}
      </span>
    </div>
  );
}
