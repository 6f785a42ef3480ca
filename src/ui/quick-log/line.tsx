/** The line: looks like one, grows to more. `@` completes people; Enter saves. */
import type { JSX, RefObject } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FoundPeople, Person } from '../../contract.ts';
import type { Say } from '../../words.ts';
import { flagSentence } from '../flags.tsx';
import { PersonLine } from './chip-row.tsx';
import { complete, completions, type Found, mentionAt } from './completion.ts';
import { invitationIn } from './invitation.ts';

/** Typing has paused: a CRM is asked for a whole name, not for each letter. */
const ASK_CRM_AFTER = 300;

export interface LineProps {
  text: string;
  say: Say;
  line: RefObject<HTMLTextAreaElement | null>;
  people: readonly Person[];
  /** `inCrm`: the CRM is asked as well if nobody is known here. */
  findPeople: (words: string, inCrm: boolean) => Promise<FoundPeople>;
  /** Somebody was picked for the name that now stands in the line. */
  onPick: (person: Person) => void;
  invalid: boolean;
  describedBy: string;
  onText: (text: string) => void;
  onSave: () => void;
  onClose: () => void;
  onBlur: () => void;
  /** The arrow down out of the line. */
  onDown: () => void;
  /** The arrow up in an empty line, or after a bare `@` that stands there: the last attendees. */
  onLast: (at: number | null) => void;
  /** A calendar file was dropped or pasted. */
  onInvitation: (ics: Promise<string>) => void;
}

/** People found for these words by the background, which knows more than the form: with every key, as it answers at once. */
const useFound = (words: string | null, find: LineProps['findPeople']): Found => {
  const [found, setFound] = useState<{ words: string } & FoundPeople>({ words: '', people: [], whole: true });
  useEffect(() => {
    if (words === null || words === '') return;
    let current = true;
    const look = (inCrm: boolean): void => {
      find(words, inCrm).then(
        (answer) => current && setFound({ words, ...answer }),
        () => undefined, // The people at hand still complete; saving says if nobody answers.
      );
    };
    look(false);
    const wait = setTimeout(look, ASK_CRM_AFTER, true);
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [words, find]);
  const begun = words !== null && found.words !== '' && words.startsWith(found.words);
  return begun ? { people: found.people, whole: found.words === words, more: !found.whole } : NOBODY;
};
const NOBODY: Found = { people: [], whole: false, more: false };

const isPlain = (event: KeyboardEvent): boolean => !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.altKey;

export const Line = (props: LineProps): JSX.Element => {
  const { text, say, line } = props;
  const id = useId();
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(0);
  /** The mention whose list was closed with Escape. */
  const [closed, setClosed] = useState<number | null>(null);
  const goTo = useRef<number | 'end' | null>(null);

  const typing = mentionAt(text, caret);
  const found = useFound(typing?.words ?? null, props.findPeople);
  const options = typing && typing.at !== closed ? completions(typing.words, props.people, found) : [];
  const open = options.length > 0;
  const chosen = Math.min(active, options.length - 1);
  const optionId = (index: number): string => `${id}-option-${index}`;

  useLayoutEffect(() => {
    const area = line.current;
    if (!area) return;
    if (goTo.current !== null) {
      const to = goTo.current === 'end' ? text.length : goTo.current;
      area.setSelectionRange(to, to);
      setCaret(to);
      goTo.current = null;
    }
    // Grows with its words; `field-sizing: content` does this where it exists.
    if (!CSS.supports?.('field-sizing', 'content')) {
      area.style.height = 'auto';
      area.style.height = `${area.scrollHeight}px`;
    }
  }, [text, line]);

  const pick = (person: Person): void => {
    if (!typing) return;
    const done = complete(text, caret, typing, person.name);
    props.onPick(person);
    goTo.current = done.caret;
    setCaret(done.caret);
    setActive(0);
    props.onText(done.text);
  };

  const onListKey = (event: KeyboardEvent): boolean => {
    const option = options[chosen];
    if (!open || !option) return false;
    switch (event.key) {
      case 'ArrowDown':
        setActive((chosen + 1) % options.length);
        return true;
      case 'ArrowUp':
        setActive((chosen + options.length - 1) % options.length);
        return true;
      case 'Enter':
      case 'Tab':
        if (event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return false;
        pick(option);
        return true;
      case 'Escape':
        setClosed(typing?.at ?? null);
        return true;
      default:
        return false;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    const bare = typing?.words === '' && active === 0;
    if (event.key === 'ArrowUp' && isPlain(event) && (text.trim() === '' || bare)) {
      event.preventDefault();
      goTo.current = 'end';
      props.onLast(bare ? typing.at : null);
    } else if (onListKey(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      if (!event.repeat) props.onSave();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      props.onClose();
    } else if (event.key === 'ArrowDown' && caret === text.length && text !== '') {
      event.preventDefault();
      props.onDown();
    }
  };

  const takeInvitation = (event: Event, data: DataTransfer | null): void => {
    const ics = invitationIn(data);
    if (!ics) return;
    event.preventDefault();
    goTo.current = 'end';
    props.onInvitation(ics);
  };

  const follow = (area: HTMLTextAreaElement): void => {
    setCaret(area.selectionEnd);
    const now = mentionAt(area.value, area.selectionEnd);
    if (closed !== null && now?.at !== closed) setClosed(null);
  };

  return (
    <div class="log-line">
      <textarea
        ref={line}
        rows={1}
        value={text}
        spellcheck={true}
        autocomplete="off"
        aria-label={say('logLine')}
        aria-describedby={props.describedBy}
        aria-invalid={props.invalid}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        {...(open ? { 'aria-controls': `${id}-list`, 'aria-activedescendant': optionId(chosen) } : {})}
        placeholder={say('logPlaceholder')}
        onInput={(event) => {
          setActive(0);
          follow(event.currentTarget);
          props.onText(event.currentTarget.value);
        }}
        onSelect={(event) => follow(event.currentTarget)}
        onKeyUp={(event) => follow(event.currentTarget)}
        onClick={(event) => follow(event.currentTarget)}
        onKeyDown={onKeyDown}
        onPaste={(event) => takeInvitation(event, event.clipboardData)}
        onDrop={(event) => takeInvitation(event, event.dataTransfer)}
        onDragOver={(event) => {
          if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        }}
        onBlur={props.onBlur}
      />
      {open && (
        <div class="log-list" role="listbox" id={`${id}-list`} aria-label={say('logPeople')}>
          {options.map((person, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the keys stay in the line, which points here with aria-activedescendant
            <div
              key={person.id}
              id={optionId(index)}
              role="option"
              aria-selected={index === chosen}
              class="log-person"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => pick(person)}
            >
              <PersonLine person={person} say={say} />
            </div>
          ))}
        </div>
      )}
      {found.more && <p class="soft">{say('logPeopleComing')}</p>}
      <div class="sr-only" role="status">
        {open && options[chosen] && (
          <>
            {say({ key: 'logPeopleFound', count: options.length })}{' '}
            {say('chipPersonLabel', options[chosen].name, say(flagSentence(options[chosen].status)))}
          </>
        )}
      </div>
    </div>
  );
};
