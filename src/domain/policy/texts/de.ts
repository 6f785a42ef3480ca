/** German. A text is never edited: it gets a new version. */
import type { Template } from '../checklist.ts';

export const direct2: Template = {
  subject: 'Wie {controller} Ihre geschäftlichen Kontaktdaten führt',
  paragraphs: [
    { text: 'Guten Tag {person},' },
    {
      text: 'wir hatten geschäftlich miteinander zu tun, und {controller} hält das fest. Hier steht, was wir festhalten, warum, und was Sie dagegen tun können.',
    },
    {
      text: 'Wer dafür verantwortlich ist: {controller}. Für alles zu Ihren Daten: {privacyContact}.',
      covers: ['controller'],
    },
    { text: 'Unsere Datenschutzbeauftragte oder unser Datenschutzbeauftragter: {officer}.', covers: ['officer'] },
    {
      text: 'Wozu: um die Geschäftsbeziehung zwischen Ihrem und unserem Unternehmen zu pflegen. Rechtsgrundlage ist unser berechtigtes Interesse daran (Art. 6 Abs. 1 Buchst. f DSGVO).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'Was Sie uns gegeben haben: Ihren Namen, Ihre Aufgabe und Ihre dienstlichen Kontaktdaten. Wir ergänzen Zeit und Gegenstand unserer Gespräche und was wir vereinbart haben. Sie müssen uns nichts davon geben; ohne sie können wir über unsere Zusammenarbeit nicht in Verbindung bleiben.',
      covers: ['obligation'],
    },
    {
      text: 'Wer sie erhält: Kolleginnen und Kollegen, die mit Ihrem Unternehmen arbeiten, und der Dienstleister, der unser Kundensystem für uns betreibt.',
      covers: ['recipients'],
    },
    { text: 'Außerhalb des Europäischen Wirtschaftsraums: {transfers}.', covers: ['transfer'] },
    {
      text: 'Wie lange: solange die Beziehung besteht; spätestens drei Jahre nach unserem letzten Kontakt prüfen wir, ob wir sie noch brauchen.',
      covers: ['retention'],
    },
    {
      text: 'Ihre Rechte: Sie können Auskunft über Ihre Daten verlangen, ihre Berichtigung, Löschung oder Einschränkung und, wo dieses Recht besteht, eine Kopie zum Mitnehmen. Keine Entscheidung über Sie fällt automatisch.',
      covers: ['rights', 'automated'],
    },
    {
      text: 'Haben Sie uns für anderes eine Einwilligung gegeben, können Sie sie jederzeit so einfach widerrufen, wie Sie sie gegeben haben; was vorher geschah, bleibt rechtmäßig.',
      covers: ['withdrawal'],
    },
    {
      text: 'Beschwerden: Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren, an Ihrem Wohnort, an Ihrem Arbeitsplatz oder an unserem Sitz.',
      covers: ['complaint'],
    },
    {
      text: 'IHR WIDERSPRUCHSRECHT: Sie können dieser Nutzung Ihrer Daten jederzeit aus Gründen widersprechen, die sich aus Ihrer Lage ergeben, und der Nutzung für Direktwerbung ohne jeden Grund. Eine kurze Antwort genügt.',
      covers: ['objection_separate'],
    },
  ],
};

export const indirect2: Template = {
  subject: 'Wie {controller} Ihre geschäftlichen Kontaktdaten führt',
  paragraphs: [
    { text: 'Guten Tag {person},' },
    {
      text: '{controller} hat geschäftliche Kontaktdaten von Ihnen, die Sie uns nicht selbst gegeben haben. Hier steht, was wir haben, woher, warum, und was Sie dagegen tun können.',
    },
    {
      text: 'Wer dafür verantwortlich ist: {controller}. Für alles zu Ihren Daten: {privacyContact}.',
      covers: ['controller'],
    },
    { text: 'Unsere Datenschutzbeauftragte oder unser Datenschutzbeauftragter: {officer}.', covers: ['officer'] },
    {
      text: 'Was wir haben: Ihren Namen, Ihre Aufgabe, Ihre dienstlichen Kontaktdaten und Notizen zu geschäftlichen Gesprächen.',
      covers: ['categories'],
    },
    {
      text: 'Woher es kommt: Ihr Unternehmen, Kolleginnen und Kollegen von Ihnen oder von uns haben es in unser Kundensystem eingetragen; es stammt aus keiner öffentlichen Quelle.',
      covers: ['source'],
    },
    {
      text: 'Wozu: um die Geschäftsbeziehung zwischen Ihrem und unserem Unternehmen zu pflegen. Rechtsgrundlage ist unser berechtigtes Interesse daran (Art. 6 Abs. 1 Buchst. f DSGVO).',
      covers: ['purposes', 'basis', 'interest'],
    },
    {
      text: 'Wer sie erhält: Kolleginnen und Kollegen, die mit Ihrem Unternehmen arbeiten, und der Dienstleister, der unser Kundensystem für uns betreibt.',
      covers: ['recipients'],
    },
    { text: 'Außerhalb des Europäischen Wirtschaftsraums: {transfers}.', covers: ['transfer'] },
    {
      text: 'Wie lange: solange die Beziehung besteht; spätestens drei Jahre nach unserem letzten Kontakt prüfen wir, ob wir sie noch brauchen.',
      covers: ['retention'],
    },
    {
      text: 'Ihre Rechte: Sie können Auskunft über Ihre Daten verlangen, ihre Berichtigung, Löschung oder Einschränkung und, wo dieses Recht besteht, eine Kopie zum Mitnehmen. Keine Entscheidung über Sie fällt automatisch.',
      covers: ['rights', 'automated'],
    },
    {
      text: 'Haben Sie uns für anderes eine Einwilligung gegeben, können Sie sie jederzeit so einfach widerrufen, wie Sie sie gegeben haben; was vorher geschah, bleibt rechtmäßig.',
      covers: ['withdrawal'],
    },
    {
      text: 'Beschwerden: Sie können sich bei einer Datenschutzaufsichtsbehörde beschweren, an Ihrem Wohnort, an Ihrem Arbeitsplatz oder an unserem Sitz.',
      covers: ['complaint'],
    },
    {
      text: 'IHR WIDERSPRUCHSRECHT: Sie können dieser Nutzung Ihrer Daten jederzeit aus Gründen widersprechen, die sich aus Ihrer Lage ergeben, und der Nutzung für Direktwerbung ohne jeden Grund. Eine kurze Antwort genügt.',
      covers: ['objection_separate'],
    },
  ],
};

/** What one says across a table; the whole notice follows by another way. */
export const spoken =
  'Ich halte für {controller} fest, worüber wir sprechen, damit wir Sie gut betreuen. Sie können es jederzeit ansehen, berichtigen oder löschen lassen oder widersprechen: {privacyContact}. Den ganzen Hinweis schicke ich Ihnen.';
