import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Say } from '../../words.ts';
import type { PreviewOf } from './chips.ts';

const ANNOUNCE_AFTER = 600;

/** Says what was understood to those who listen: after a pause, not on each key. */
export const Announcer = ({ asked, say }: { asked: PreviewOf | null; say: Say }): JSX.Element => {
  const [words, setWords] = useState('');
  useEffect(() => {
    const wait = setTimeout(() => {
      const { people = [], withheld = [], refusal = null } = asked?.preview ?? {};
      const lines = [...people.map(({ person }) => person.status.sentence), ...withheld, ...(refusal ? [refusal] : [])];
      setWords(lines.map((sentence) => say(sentence)).join(' '));
    }, ANNOUNCE_AFTER);
    return () => clearTimeout(wait);
  }, [asked, say]);
  return (
    <div class="sr-only" role="status" data-announces="line">
      {words}
    </div>
  );
};
