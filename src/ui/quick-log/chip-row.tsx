/** The chips below the line: a toolbar of buttons, one tab stop, arrows between them. Each selects its words in the line. */
import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Person } from '../../contract.ts';
import type { Dates } from '../../dates.ts';
import type { Kind, Route } from '../../domain/activity.ts';
import type { Say } from '../../words.ts';
import { FlagMark, flagSentence } from '../flags.tsx';
import { Sign, type SignName } from '../signs.tsx';
import { keysOn } from './chip-edits.ts';
import type { Chip, PersonChip } from './chips.ts';

const KIND_SIGN: Readonly<Record<Kind, SignName>> = {
  meeting: 'talk',
  call: 'call',
  email: 'mail',
  visit: 'visit',
  note: 'text',
};
const KIND_WORD: Readonly<Record<Kind, string>> = {
  meeting: 'chipMeeting',
  call: 'chipCall',
  email: 'chipEmail',
  visit: 'chipVisit',
  note: 'chipNote',
};
const TOLD_WORD: Readonly<Record<Route, string>> = {
  spoken: 'chipToldSpoken',
  mail: 'chipToldMail',
  letter: 'chipToldLetter',
  card: 'chipToldCard',
  link: 'chipToldLink',
};

interface Drawn {
  readonly sign: JSX.Element | null;
  readonly words: JSX.Element | string;
  readonly label: string;
  readonly quality?: string;
}

const drawPerson = (chip: PersonChip, say: Say): Drawn => {
  const { person, alternatives, isNew } = chip;
  if (alternatives.length > 0) {
    return {
      sign: <Sign name="needsYou" />,
      words: isNew ? say('chipDidYouMean', chip.words, alternatives[0]?.name ?? '') : say('chipWhich', chip.words),
      label: isNew
        ? say('chipDidYouMeanLabel', chip.words, alternatives[0]?.name ?? '')
        : say('chipWhichLabel', chip.words, alternatives.length),
      quality: 'which',
    };
  }
  if (!person) return { sign: <Sign name="person" />, words: chip.words, label: say('chipPerson', chip.words) };
  const label = say(isNew ? 'chipNewPersonLabel' : 'chipPersonLabel', person.name, say(flagSentence(person.status)));
  return {
    sign: <FlagMark status={person.status} say={say} words={false} />,
    words: isNew ? say('chipNewPerson', person.name) : person.name,
    label,
  };
};

const draw = (chip: Chip, say: Say, dates: Dates): Drawn => {
  switch (chip.is) {
    case 'kind':
      return {
        sign: <Sign name={KIND_SIGN[chip.kind]} />,
        words: say(KIND_WORD[chip.kind]),
        label: say(KIND_WORD[chip.kind]),
      };
    case 'when': {
      const words = dates.span(chip.start, chip.end);
      return {
        sign: <Sign name="calendar" />,
        words: <time dateTime={chip.start}>{words}</time>,
        label: say('chipWhen', words),
      };
    }
    case 'duration': {
      const words = dates.minutes(chip.minutes);
      return {
        sign: <Sign name="clock" />,
        words: <time dateTime={`PT${chip.minutes}M`}>{words}</time>,
        label: say('chipDuration', words),
      };
    }
    case 'person':
      return drawPerson(chip, say);
    case 'subject':
      return { sign: <Sign name="text" />, words: chip.text, label: say('chipSubject', chip.text) };
    case 'next': {
      const due = chip.due && dates.date(chip.due);
      return {
        sign: <Sign name="next" />,
        words: due ? say('chipNextDue', chip.text, due) : chip.text,
        label: due ? say('chipNextDueLabel', chip.text, due) : say('chipNextLabel', chip.text),
      };
    }
    case 'promise':
      return { sign: <Sign name="promise" />, words: chip.text, label: say('chipPromise', chip.text) };
    case 'matter':
      return { sign: <Sign name="matter" />, words: chip.text, label: say('chipMatter', chip.text) };
    case 'told':
      return { sign: <Sign name="told" />, words: say(TOLD_WORD[chip.route]), label: say(TOLD_WORD[chip.route]) };
    case 'private':
      return {
        sign: <Sign name="private" />,
        words: say('chipPrivate'),
        label: say('chipPrivateLabel'),
        quality: 'private hatch',
      };
    case 'privateKept':
      return {
        sign: <Sign name="private" />,
        words: say('chipPrivateKept'),
        label: say('chipPrivateKeptLabel'),
        quality: 'private hatch',
      };
  }
};

export const ChipRow = ({
  chips,
  say,
  dates,
  onSelect,
  onChoose,
  onKey,
  onLeave,
}: {
  chips: readonly Chip[];
  say: Say;
  dates: Dates;
  /** The chip's words are to be selected in the line. */
  onSelect: (chip: Chip) => void;
  onChoose: (chip: PersonChip, person: Person) => void;
  /** A key on a chip that may change the line; answers whether it did. */
  onKey: (chip: Chip, key: KeyboardEvent) => boolean;
  onLeave: () => void;
}): JSX.Element => {
  const [reached, setReached] = useState(0);
  const [choosing, setChoosing] = useState<string | null>(null);
  /** A key changed the chip that has the focus: it is said what it is now. */
  const [changed, setChanged] = useState(false);
  const row = useRef<HTMLDivElement>(null);
  const current = Math.min(reached, chips.length - 1);
  const open = chips.find((chip): chip is PersonChip => chip.is === 'person' && chip.words === choosing);

  const goTo = (index: number): void => {
    const target = (index + chips.length) % chips.length;
    setReached(target);
    row.current?.querySelectorAll<HTMLButtonElement>('button.chip')[target]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = [...(row.current?.querySelectorAll('button.chip') ?? [])].indexOf(event.target as Element);
    const chip = chips[at];
    if (event.key === 'Escape' && !open) {
      event.preventDefault();
      event.stopPropagation();
      onLeave();
      return;
    }
    if (chip && !event.ctrlKey && !event.metaKey && !event.altKey && onKey(chip, event)) {
      event.preventDefault();
      setChanged(true);
      return;
    }
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
    const target = { [forward]: at + 1, [back]: at - 1, Home: 0, End: chips.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    goTo(target);
  };

  return (
    <>
      <div class="log-chips" role="toolbar" aria-label={say('chipRow')} ref={row} onKeyDown={onKeyDown}>
        {chips.map((chip, index) => {
          const { sign, words, label, quality } = draw(chip, say, dates);
          const keys = keysOn(chip);
          const asks = chip.is === 'person' && chip.alternatives.length > 0;
          const assumed = chip.span === null && chip.is !== 'privateKept';
          return (
            <button
              key={index}
              type="button"
              class={`chip ${quality ?? ''} ${assumed ? 'assumed' : ''}`}
              aria-label={label}
              title={keys ? `${label} · ${say(keys)}` : label}
              tabIndex={index === current ? 0 : -1}
              {...(asks ? { 'aria-expanded': open === chip } : {})}
              onFocus={() => {
                setReached(index);
                setChanged(false);
              }}
              onClick={() => (asks ? setChoosing(open === chip ? null : chip.words) : onSelect(chip))}
            >
              {sign}
              <bdi class="chip-words">{words}</bdi>
            </button>
          );
        })}
      </div>
      <div class="sr-only" role="status">
        {changed && chips[current] && draw(chips[current], say, dates).label}
      </div>
      {open && open.alternatives.length > 0 && (
        <Choice
          chip={open}
          say={say}
          onPick={(person) => {
            setChoosing(null);
            onChoose(open, person);
          }}
          onLeave={() => {
            setChoosing(null);
            goTo(chips.indexOf(open));
          }}
        />
      )}
    </>
  );
};

/** Which of several people is meant: homonyms are told apart by title, company and the end of the CRM's id. */
const Choice = ({
  chip,
  say,
  onPick,
  onLeave,
}: {
  chip: PersonChip;
  say: Say;
  onPick: (person: Person) => void;
  onLeave: () => void;
}): JSX.Element => (
  <fieldset
    class="log-list"
    aria-label={say('chipWhichLabel', chip.words, chip.alternatives.length)}
    onKeyDown={(event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        onLeave();
      }
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const buttons = [...event.currentTarget.querySelectorAll('button')];
      const from = buttons.indexOf(document.activeElement as HTMLButtonElement);
      buttons[(from + step + buttons.length) % buttons.length]?.focus();
    }}
  >
    {chip.alternatives.map((person, index) => (
      <button
        key={person.id}
        type="button"
        class="log-person"
        ref={(button) => {
          if (index === 0) button?.focus();
        }}
        onClick={() => onPick(person)}
      >
        <PersonLine person={person} say={say} />
      </button>
    ))}
  </fieldset>
);

/** A person in a list: name, what tells them apart, and whether they were told. */
export const PersonLine = ({ person, say }: { person: Person; say: Say }): JSX.Element => {
  const about = [person.title, person.company].filter(Boolean).join(' · ');
  return (
    <>
      <bdi class="log-person-name">{person.name}</bdi>
      <span class="log-person-about soft">
        {person.idTail && <span class="mono">{say('chipIdTail', person.idTail)} </span>}
        <bdi>{about}</bdi>
      </span>
      <FlagMark status={person.status} say={say} />
    </>
  );
};
