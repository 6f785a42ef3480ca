/**
 * The head of a line: the verb and what directly follows it. Here a word is a token because of where it stands; the
 * first word that is none ends the head, and from there on the line is running text.
 */
import type { Kind, Route } from '../activity.ts';
import type { Mention, Token, TokenKind } from './draft.ts';
import { opensMention, possessive, type Reach } from './mentions.ts';
import { type Found, type Line, spanOf, typedAt, wordAt } from './pieces.ts';
import { toldInHead } from './told.ts';
import { group, type Said } from './when.ts';

export interface Head {
  readonly kind: Kind | null;
  readonly said: Said;
  readonly mentions: readonly Mention[];
  readonly mentionsAreAll: boolean;
  readonly subject: string | null;
  readonly told: Route | null;
  readonly tokens: readonly Token[];
  /** The index of the first piece after the head. */
  readonly next: number;
}

/** Reads the head within the pieces before `until`. */
export class HeadReader {
  readonly #line: Line;
  readonly #reach: Reach;
  readonly #until: number;
  readonly #tokens: Token[] = [];
  readonly #mentions: Mention[] = [];
  #kind: Kind | null = null;
  #said: Said = {};
  #subject: string | null = null;
  #told: Route | null = null;
  #all = false;
  #at = 0;

  constructor(line: Line, reach: Reach, until: number) {
    this.#line = line;
    this.#reach = reach;
    this.#until = until;
  }

  read(): Head {
    this.#verb();
    this.#names(this.#at === 0 ? this.#line.words.with : this.#line.words.openers);
    this.#all = this.#mentions.length > 0;
    while (this.#at < this.#until && this.#more()) {
      // each step moves on
    }
    return {
      kind: this.#kind,
      said: this.#said,
      mentions: this.#mentions,
      mentionsAreAll: this.#all,
      subject: this.#subject,
      told: this.#told,
      tokens: this.#tokens,
      next: this.#at,
    };
  }

  #verb(): void {
    const { words } = this.#line;
    const noun = words.nouns.at(this.#line, 0);
    const named = words.verbsBeforeName.at(this.#line, 0);
    const found =
      words.verbs.at(this.#line, 0) ??
      (noun !== null && words.with.has(wordAt(this.#line, noun.next)) ? noun : null) ??
      (named !== null && this.#nameAfter(named.next, words.openers) !== null ? named : null);
    if (found === null || this.#until < found.next) return;
    this.#kind = found.value;
    this.#take('verb', 0, found.next);
  }

  #more(): boolean {
    return (
      this.#names(this.#line.words.joiners) ||
      this.#lateVerb() ||
      this.#times() ||
      this.#about() ||
      this.#toldHere() ||
      this.#comma()
    );
  }

  #take(kind: TokenKind, from: number, next: number): void {
    this.#tokens.push({ kind, ...spanOf(this.#line.pieces, from, next) });
    this.#at = next;
  }

  /** Names, with the joiners before and between them. */
  #names(joiners: ReadonlySet<string>): boolean {
    const name = this.#nameAfter(this.#at, joiners);
    if (name === null) return false;
    this.#join(this.#at, name);
    for (let next = this.#nameAfter(this.#at); next !== null; next = this.#nameAfter(this.#at)) {
      this.#join(this.#at, next);
    }
    return true;
  }

  #join(from: number, name: number): void {
    if (name > from) this.#take('joiner', from, name);
    const { value, next } = this.#reach.from(name);
    this.#tokens.push({ kind: 'mention', ...value.span });
    this.#mentions.push(value);
    this.#at = next;
  }

  /** Where the next name begins, when only joiners stand before it. */
  #nameAfter(from: number, joiners = this.#line.words.joiners): number | null {
    let at = from;
    const joins = (next: number) => joiners.has(wordAt(this.#line, next)) || this.#kindAt(next) === 'comma';
    while (at < from + 3 && at < this.#until && joins(at)) at += 1;
    return at < this.#until && opensMention(this.#line, at) && !possessive(this.#line, at) ? at : null;
  }

  /** "@dana getroffen": where the verb comes last, nothing of a sentence may follow it. */
  #lateVerbAt(at: number): Found<Kind> | null {
    if (this.#kind !== null || this.#mentions.length === 0 || at >= this.#until) return null;
    const found = this.#line.words.verbsAfterName.at(this.#line, at);
    return found !== null && found.next <= this.#until && this.#alone(found.next) ? found : null;
  }

  #lateVerb(): boolean {
    const found = this.#lateVerbAt(this.#at);
    if (found === null) return false;
    this.#kind = found.value;
    this.#take('verb', this.#at, found.next);
    return true;
  }

  #times(): boolean {
    const found = group(this.#line, this.#at, this.#said, (next) => this.#alone(next));
    if (found === null || found.next > this.#until) return false;
    const anchored = this.#kind !== null || this.#mentions.length > 0 || this.#subject !== null;
    if (!anchored && !this.#alone(found.next)) return false;
    this.#said = found.said;
    for (const item of found.items) this.#take(item.kind, item.from, item.next);
    return true;
  }

  #about(): boolean {
    const line = this.#line;
    const table = this.#at === 0 ? line.words.about : line.words.aboutInside;
    const about = this.#subject === null ? table.at(line, this.#at) : null;
    if (about === null) return false;
    const colon = this.#kindAt(about.next) === 'mark' && typedAt(line, about.next) === ':';
    const from = about.next + (colon ? 1 : 0);
    if (this.#kindAt(from) !== 'word' && this.#kindAt(from) !== 'open') return false;
    let next = from + 1;
    while (next < this.#until && !this.#endsSubject(next)) next += 1;
    const { start, end } = spanOf(line.pieces, from, next);
    this.#subject = line.text.slice(start, end);
    this.#take('subject', this.#at, next);
    return true;
  }

  #endsSubject(at: number): boolean {
    const line = this.#line;
    const kind = this.#kindAt(at);
    if (kind === 'comma' || kind === 'break') return true;
    if (kind === 'stop') return at + 1 >= this.#until || /^\p{Lu}/u.test(typedAt(line, at + 1).slice(0, 2));
    if (this.#nameAfter(at) !== null || this.#lateVerbAt(at) !== null) return true;
    if (toldInHead(line, at, (next) => this.#alone(next)) !== null) return true;
    const times = group(line, at, this.#said, (next) => this.#alone(next));
    return times !== null && times.next <= this.#until;
  }

  #toldHere(): boolean {
    if (this.#told !== null || this.#at === 0) return false;
    const found = toldInHead(this.#line, this.#at, (next) => this.#alone(next));
    if (found === null || found.next > this.#until) return false;
    this.#told = found.value;
    this.#take('told', this.#at, found.next);
    return true;
  }

  /** After a comma the head goes on only with what is set off by another mark: "met @dana, 45m, she wants". */
  #comma(): boolean {
    if (this.#at === 0 || this.#kindAt(this.#at) !== 'comma') return false;
    const before = this.#at;
    this.#at += 1;
    const times = group(this.#line, this.#at, this.#said, (next) => this.#alone(next));
    const setOff = times !== null && times.next <= this.#until && this.#ends(times.next);
    const goesOn = (setOff && this.#times()) || this.#toldHere() || this.#about();
    if (!goesOn) this.#at = before;
    return goesOn;
  }

  #kindAt(at: number) {
    return at < this.#until ? this.#line.pieces[at]?.kind : undefined;
  }

  #ends(at: number): boolean {
    const kind = this.#kindAt(at);
    return kind === undefined || kind === 'comma' || kind === 'stop' || kind === 'break';
  }

  /** Nothing of a sentence follows: the end, a mark, a name, a subject, another token. */
  #alone(at: number): boolean {
    const { words } = this.#line;
    if (this.#ends(at) || this.#nameAfter(at) !== null) return true;
    if (words.aboutInside.at(this.#line, at) !== null) return true;
    const word = wordAt(this.#line, at);
    if (words.told.has(word)) return this.#ends(at + 1) || words.toldBy.has(wordAt(this.#line, at + 1));
    const verb = this.#kind === null ? words.verbsAfterName.at(this.#line, at) : null;
    if (verb !== null && this.#ends(verb.next)) return true;
    return group(this.#line, at, {}, (next) => this.#ends(next)) !== null;
  }
}
