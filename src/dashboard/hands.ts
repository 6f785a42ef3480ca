import type { Dates } from '../dates.ts';
import type { AskFunction } from '../messenger.ts';
import type { Say } from '../words.ts';
import type { OnChanged } from './answer.ts';

/** What the surface is handed by `main.tsx`, or by a test. */
export interface Hands {
  readonly say: Say;
  /** Days in words, counted from now. */
  readonly dates: () => Dates;
  readonly ask: AskFunction;
  readonly onChanged: OnChanged;
  readonly newId: () => string;
  /** Calls back once after so many milliseconds; returns the way to stop it. */
  readonly after: (ms: number, then: () => void) => () => void;
  readonly copy: (text: string) => Promise<void>;
  /** Keeps a file where the person keeps files. */
  readonly save: (name: string, type: string, text: string) => void;
  /** A file as text: a mail as it is, anything else as a data address. */
  readonly readFile: (file: File) => Promise<string>;
  /** The keyboard command that opens a log, as this browser has it. */
  readonly shortcut: string | null;
}

/** Whom a dialog or a command is about. */
export interface Who {
  readonly contact: string;
  readonly name: string;
}
