/** English. A text is never edited: it gets a new version. */
import type { Template } from '../checklist.ts';

export const direct1: Template = {
  subject: 'How {controller} keeps your business contact details',
  paragraphs: [
    { text: 'Dear {person},' },
    {
      text: 'we met for business, and {controller} keeps a record of it. This is what we keep, why, and what you can do about it.',
    },
    {
      text: 'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      covers: ['controller'],
    },
    {
      text: 'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'What you gave us: your name, your role and your contact details at work. We add the dates and the subject of our meetings and what we agreed. You do not have to give us any of it; without it we cannot keep in touch about our work together.',
      covers: ['obligation'],
    },
    {
      text: 'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      covers: ['recipients'],
    },
    {
      text: 'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      covers: ['retention'],
    },
    {
      text: 'Your rights: you may ask for access to your data, for correction, erasure or restriction, and you may complain to a data protection authority. No decision about you is made automatically.',
      covers: ['rights', 'complaint', 'automated'],
    },
    {
      text: 'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
      covers: ['objection_separate'],
    },
  ],
};

export const indirect1: Template = {
  subject: 'How {controller} keeps your business contact details',
  paragraphs: [
    { text: 'Dear {person},' },
    {
      text: '{controller} holds business contact details about you that you did not give us yourself. This is what we keep, where it comes from, why, and what you can do about it.',
    },
    {
      text: 'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      covers: ['controller'],
    },
    {
      text: 'What we hold: your name, your role, your contact details at work, and notes of business meetings.',
      covers: ['categories'],
    },
    {
      text: 'Where it comes from: your company or colleagues of yours or ours entered it in our customer system; it was not taken from a public source.',
      covers: ['source'],
    },
    {
      text: 'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      covers: ['recipients'],
    },
    {
      text: 'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      covers: ['retention'],
    },
    {
      text: 'Your rights: you may ask for access to your data, for correction, erasure or restriction, and you may complain to a data protection authority. No decision about you is made automatically.',
      covers: ['rights', 'complaint', 'automated'],
    },
    {
      text: 'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
      covers: ['objection_separate'],
    },
  ],
};

export const direct2: Template = {
  subject: 'How {controller} keeps your business contact details',
  paragraphs: [
    { text: 'Dear {person},' },
    {
      text: 'we met for business, and {controller} keeps a record of it. This is what we keep, why, and what you can do about it.',
    },
    {
      text: 'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      covers: ['controller'],
    },
    { text: 'Our data protection officer: {officer}.', covers: ['officer'] },
    {
      text: 'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'What you gave us: your name, your role and your contact details at work. We add the dates and the subject of our meetings and what we agreed. You do not have to give us any of it; without it we cannot keep in touch about our work together.',
      covers: ['obligation'],
    },
    {
      text: 'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      covers: ['recipients'],
    },
    { text: 'Outside the European Economic Area: {transfers}.', covers: ['transfer'] },
    {
      text: 'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      covers: ['retention'],
    },
    {
      text: 'Your rights: you may ask for access to your data, for correction, erasure or restriction, and for a copy to take elsewhere where that right applies. No decision about you is made automatically.',
      covers: ['rights', 'automated'],
    },
    {
      text: 'If you gave us a consent for something else, you may withdraw it at any time, as easily as you gave it; what was done before stays lawful.',
      covers: ['withdrawal'],
    },
    {
      text: 'Complaints: you may complain to a data protection authority, at your home, at your place of work or where we are.',
      covers: ['complaint'],
    },
    {
      text: 'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
      covers: ['objection_separate'],
    },
  ],
};

export const indirect2: Template = {
  subject: 'How {controller} keeps your business contact details',
  paragraphs: [
    { text: 'Dear {person},' },
    {
      text: '{controller} holds business contact details about you that you did not give us yourself. This is what we keep, where it comes from, why, and what you can do about it.',
    },
    {
      text: 'Who answers for it: {controller}. For anything about your data: {privacyContact}.',
      covers: ['controller'],
    },
    { text: 'Our data protection officer: {officer}.', covers: ['officer'] },
    {
      text: 'What we hold: your name, your role, your contact details at work, and notes of business meetings.',
      covers: ['categories'],
    },
    {
      text: 'Where it comes from: your company or colleagues of yours or ours entered it in our customer system; it was not taken from a public source.',
      covers: ['source'],
    },
    {
      text: 'What for: to look after the business relationship between your company and ours. The legal basis is our legitimate interest in doing so (Art. 6(1)(f) GDPR).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'Who receives it: colleagues who work with your company, and the provider that runs our customer system for us.',
      covers: ['recipients'],
    },
    { text: 'Outside the European Economic Area: {transfers}.', covers: ['transfer'] },
    {
      text: 'How long: while the relationship lasts, reviewed three years after our last contact at the latest.',
      covers: ['retention'],
    },
    {
      text: 'Your rights: you may ask for access to your data, for correction, erasure or restriction, and for a copy to take elsewhere where that right applies. No decision about you is made automatically.',
      covers: ['rights', 'automated'],
    },
    {
      text: 'If you gave us a consent for something else, you may withdraw it at any time, as easily as you gave it; what was done before stays lawful.',
      covers: ['withdrawal'],
    },
    {
      text: 'Complaints: you may complain to a data protection authority, at your home, at your place of work or where we are.',
      covers: ['complaint'],
    },
    {
      text: 'YOUR RIGHT TO OBJECT: you may object to this use of your data at any time, for reasons that come from your situation, and without any reason where it is used for direct marketing. A short reply is enough.',
      covers: ['objection_separate'],
    },
  ],
};

/** What one says across a table; the whole notice follows by another way. */
export const spoken =
  'I keep a note of what we talk about for {controller}, so that we can look after you well. You can ask to see it, have it put right or deleted, or object, at any time: {privacyContact}. I will send you the whole notice.';
