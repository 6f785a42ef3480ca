/** Forty meeting reports, all invented. `with` counts colleagues of the contact whose page is open; `day` is days back. */
export interface Report {
  readonly with: number;
  readonly kind: 'met' | 'called' | 'visited';
  readonly when: { readonly day: 0 | 1; readonly at: string; readonly minutes: number } | null;
  readonly note: string;
  readonly next: string | null;
}

const yesterday = (at: string, minutes: number): Report['when'] => ({ day: 1, at, minutes });
const today = (at: string, minutes: number): Report['when'] => ({ day: 0, at, minutes });
const report = (
  kind: Report['kind'],
  others: number,
  when: Report['when'],
  note: string,
  next: string | null = null,
): Report => ({ kind, with: others, when, note, next });

export const REPORTS: readonly Report[] = [
  report('met', 1, yesterday('15:00', 45), 'she wants pricing by region before the board sits', 'send pricing fri'),
  report('called', 0, null, 'delivery slipped by a week and they can live with it'),
  report('met', 0, yesterday('09:30', 30), 'renewal is on track, legal has the draft', 'chase legal tue'),
  report(
    'visited',
    2,
    yesterday('10:00', 90),
    'walked the new hall, the scanners are mounted too high',
    'quote brackets mon',
  ),
  report('called', 0, today('00:15', 15), 'asked for the safety sheets in one file', 'send safety sheets tomorrow'),
  report('met', 2, yesterday('13:00', 60), 'they compare us with one other supplier, service decides'),
  report('met', 0, null, 'short coffee, budget round starts next month'),
  report('called', 1, yesterday('16:30', 20), 'the invoice has the wrong cost centre', 'correct the invoice wed'),
  report('met', 3, yesterday('11:00', 60), 'quarterly review, uptime above target, two tickets still open'),
  report(
    'visited',
    0,
    yesterday('14:00', 120),
    'training went well, the night shift needs its own date',
    'propose dates fri',
  ),
  report('called', 0, null, 'contract is signed and comes by post'),
  report('met', 1, yesterday('08:30', 30), 'they want to pay quarterly instead of yearly', 'ask finance thu'),
  report('met', 0, yesterday('17:00', 30), 'open about the reorganisation, procurement moves to the group'),
  report('called', 2, yesterday('12:00', 30), 'agreed on the order of the roll-out, north first'),
  report(
    'visited',
    1,
    yesterday('09:00', 180),
    'audit of the line, seven findings, none critical',
    'write up findings mon',
  ),
  report('met', 0, null, 'introduced our new service lead'),
  report('called', 0, yesterday('10:15', 10), 'reschedules the workshop to December'),
  report('met', 2, yesterday('15:30', 45), 'price is fine, the notice period is not', 'offer three months fri'),
  report('met', 1, yesterday('14:15', 45), 'wants references from the food industry', 'find references tue'),
  report('called', 0, null, 'the spare part arrived, machine is running again'),
  report('met', 0, yesterday('16:00', 60), 'strategy talk, three sites close within two years'),
  report('visited', 2, yesterday('13:30', 60), 'showed the prototype, they like the handle and not the colour'),
  report('called', 1, yesterday('11:45', 15), 'confirmed the test order of forty units', 'book capacity mon'),
  report(
    'met',
    0,
    yesterday('09:45', 30),
    'complaint about the hotline, waits are too long',
    'call the hotline lead thu',
  ),
  report('met', 4, yesterday('10:30', 90), 'steering group, all milestones green, next one in January'),
  report('called', 0, null, 'needs a new quote with the discount shown apart', 'new quote tomorrow'),
  report('met', 1, yesterday('12:30', 60), 'lunch, they may open a plant in Poland'),
  report('visited', 0, yesterday('15:15', 45), 'measured the loading bay, our ramp fits'),
  report('called', 0, yesterday('17:30', 15), 'insurance wants the certificate again', 'send certificate fri'),
  report('met', 2, yesterday('14:45', 60), 'data protection questions, we answer in writing', 'answer questions wed'),
  report('met', 0, null, 'said yes to the case study'),
  report('called', 1, yesterday('08:45', 15), 'late delivery again, a credit note calms it', 'credit note mon'),
  report('met', 1, yesterday('16:15', 30), 'pilot ends in two weeks and they will decide by then'),
  report('visited', 3, yesterday('11:15', 120), 'inventory together, two hundred units more than booked'),
  report('called', 0, null, 'asked who follows our former contact in support', 'introduce support tue'),
  report('met', 0, yesterday('13:15', 30), 'energy costs are their topic, not price per unit'),
  report('met', 2, yesterday('09:15', 45), 'kick-off, goals agreed, weekly call on Mondays', 'invite weekly call fri'),
  report('called', 0, yesterday('12:15', 10), 'order number was missing, now fixed'),
  report('visited', 1, yesterday('10:45', 90), 'fair stand planned together, they bring two machines'),
  report('met', 1, yesterday('17:15', 45), 'year review, they rate us eight of ten', 'send thank you tomorrow'),
];
