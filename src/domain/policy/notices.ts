/**
 * The notices built in: versioned texts by kind and language. `direct` follows the checklist of GDPR Art. 13,
 * `indirect` adds what Art. 14 asks for (categories of data, source). The objection right stands on its own (Art. 21(4)).
 * The hash of the words shown is recorded, so a text is never edited: it gets a new version.
 */
import type { NoticeKind } from '../events.ts';

export interface Controller {
  readonly name: string;
  /** Where people write about their data: an address or a page. */
  readonly privacyContact: string;
}

export interface Notice {
  readonly noticeId: string;
  readonly version: string;
  readonly kind: NoticeKind;
  readonly language: string;
  readonly subject: string;
  readonly body: string;
}

interface Template {
  readonly noticeId: string;
  readonly version: string;
  readonly subject: string;
  readonly body: readonly string[];
}

const EN: Readonly<Record<NoticeKind, Template>> = {
  direct: {
    noticeId: 'candor-direct',
    version: '1',
    subject: 'How {controller} keeps your business contact details',
    body: [
      'Dear {person},',
      'we met for business, and {controller} keeps a record of it. This is what we keep, why, and what you can do about it.',
      'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      'What you gave us: your name, your role and your contact details at work. We add the dates and the subject of our meetings and what we agreed. You do not have to give us any of it; without it we cannot keep in touch about our work together.',
      'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      'Your rights: you may ask for access to your data, for correction, erasure or restriction, and you may complain to a data protection authority. No decision about you is made automatically.',
      'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
    ],
  },
  indirect: {
    noticeId: 'candor-indirect',
    version: '1',
    subject: 'How {controller} keeps your business contact details',
    body: [
      'Dear {person},',
      '{controller} holds business contact details about you that you did not give us yourself. This is what we keep, where it comes from, why, and what you can do about it.',
      'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      'What we hold: your name, your role, your contact details at work, and notes of business meetings.',
      'Where it comes from: your company or colleagues of yours or ours entered it in our customer system; it was not taken from a public source.',
      'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      'Your rights: you may ask for access to your data, for correction, erasure or restriction, and you may complain to a data protection authority. No decision about you is made automatically.',
      'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
    ],
  },
};

const LANGUAGES: Readonly<Record<string, Readonly<Record<NoticeKind, Template>>>> = { en: EN };
export const noticeLanguages = Object.keys(LANGUAGES);

/** The words for one person. A language without a text falls back to English, and says so in `language`. */
export const noticeFor = (kind: NoticeKind, language: string, controller: Controller, person: string): Notice => {
  const spoken = language in LANGUAGES ? language : 'en';
  const template = (LANGUAGES[spoken] ?? EN)[kind];
  const fill = (text: string): string =>
    text.replace(/\{(controller|privacyContact|person)\}/gu, (_, gap: 'controller' | 'privacyContact' | 'person') =>
      gap === 'person' ? person : gap === 'controller' ? controller.name : controller.privacyContact,
    );
  return {
    noticeId: template.noticeId,
    version: template.version,
    kind,
    language: spoken,
    subject: fill(template.subject),
    body: template.body.map(fill).join('\n\n'),
  };
};
