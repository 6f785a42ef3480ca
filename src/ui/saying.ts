/** Words on a screen: as everywhere, and no name turns the sentence it stands in. */
import { type GetMessage, isolated, sayer as plain, type Say } from '../words.ts';

export const sayer = (getMessage: GetMessage, language: string): Say => plain(getMessage, language, isolated);

/** As much of the browser as words need. */
interface Words {
  getMessage(key: string, gaps?: string[]): string;
  getUILanguage(): string;
}

/** The browser's language: for what is said, and for the page itself, so that screen readers and hyphens know it. */
export const wordsOf = (i18n: Words, page: HTMLElement): { readonly say: Say; readonly language: string } => {
  const language = i18n.getUILanguage();
  page.lang = language;
  page.dir = i18n.getMessage('@@bidi_dir') || 'ltr';
  return { say: sayer((key, gaps) => i18n.getMessage(key, gaps), language), language };
};
