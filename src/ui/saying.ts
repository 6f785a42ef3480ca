/** Words on a screen: as everywhere, and no name turns the sentence it stands in. */
import { type GetMessage, isolated, sayer as plain, type Say } from '../words.ts';

export const sayer = (getMessage: GetMessage, language: string): Say => plain(getMessage, language, isolated);
