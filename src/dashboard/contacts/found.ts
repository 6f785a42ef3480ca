/** Who fits the words in the search field beyond the rows that hold them as typed. */
import { useEffect, useState } from 'preact/hooks';
import type { ContactsView } from '../../contract.ts';

const NOBODY: ReadonlySet<string> = new Set();

/** The people search is asked with every key; what it answered for other words counts for nothing. */
export const useFound = (
  words: string,
  findContacts: (words: string) => Promise<readonly string[]>,
  /** Asked again when the contacts have changed. */
  view: ContactsView,
): ReadonlySet<string> => {
  const [found, setFound] = useState<{ words: string; ids: ReadonlySet<string> }>({ words: '', ids: NOBODY });
  useEffect(() => {
    if (words.trim() === '') return;
    let current = true;
    findContacts(words).then(
      (ids) => current && setFound({ words, ids: new Set(ids) }),
      () => undefined, // The rows that hold the words as typed are there without it.
    );
    return () => {
      current = false;
    };
  }, [words, findContacts, view]);
  return found.words === words ? found.ids : NOBODY;
};
