/** English. */
import type { Kind, Route } from '../../activity.ts';
import type { CalendarUnit, DurationUnit, Words } from './words.ts';

const set = (words: string) => new Set(words.split(' '));
const table = <V>(rows: readonly (readonly [words: string, value: V])[]) =>
  new Map(rows.flatMap(([words, value]) => words.split(' ').map((word) => [word, value] as const)));

export const en: Words = {
  verbs: table<Kind>([
    ['met /met /meet /meeting', 'meeting'],
    ['called /called /call', 'call'],
    ['emailed e-mailed /emailed /email', 'email'],
    ['visited /visited /visit', 'visit'],
    ['noted /noted /note', 'note'],
  ]),
  nouns: table<Kind>([
    ['meeting', 'meeting'],
    ['call', 'call'],
    ['visit', 'visit'],
  ]),
  with: set('with'),
  joiners: set('and & + with plus'),
  openers: set('with to'),
  about: set('re'),

  weekdays: table([
    ['mon monday', 1],
    ['tue tues tuesday', 2],
    ['wed weds wednesday', 3],
    ['thu thur thurs thursday', 4],
    ['fri friday', 5],
    ['sat saturday', 6],
    ['sun sunday', 7],
  ]),
  months: table([
    ['jan january', 1],
    ['feb february', 2],
    ['mar march', 3],
    ['apr april', 4],
    ['may', 5],
    ['jun june', 6],
    ['jul july', 7],
    ['aug august', 8],
    ['sep sept september', 9],
    ['oct october', 10],
    ['nov november', 11],
    ['dec december', 12],
  ]),
  ordinal: /^(\d{1,2})(?:st|nd|rd|th)?$/u,
  ofMonth: set('of'),
  daysBack: new Map([
    ['today', 0],
    ['yesterday', 1],
    ['day before yesterday', 2],
    ['the day before yesterday', 2],
  ]),
  last: set('last'),
  ago: set('ago'),
  numbers: table([
    ['a an one', 1],
    ['two', 2],
    ['three', 3],
    ['four', 4],
    ['five', 5],
    ['six', 6],
    ['seven', 7],
    ['eight', 8],
    ['nine', 9],
    ['ten', 10],
  ]),
  durationUnits: table<DurationUnit>([
    ['m min mins minute minutes', 'minute'],
    ['h hr hrs hour hours', 'hour'],
  ]),
  lowerCaseUnits: set('m'),
  calendarUnits: table<CalendarUnit>([
    ['day days', 'day'],
    ['week weeks', 'week'],
    ['month months', 'month'],
  ]),
  durationPhrases: new Map([
    ['half an hour', 30],
    ['an hour and a half', 90],
    ['one and a half hours', 90],
  ]),
  am: set('am a.m'),
  pm: set('pm p.m'),
  noon: set('noon'),
  at: set('at'),
  on: set('on'),
  for: set('for'),
  from: set('from'),
  to: set('to until till - – —'),

  daysAhead: table([
    ['today', 0],
    ['tomorrow', 1],
  ]),
  next: set('next'),
  this: set('this'),
  week: set('week'),
  in: set('in'),
  by: set('by on until'),

  told: set('told'),
  toldBy: set('by'),
  routes: table<Route>([
    ['mail email e-mail', 'mail'],
    ['letter post', 'letter'],
    ['card', 'card'],
    ['link qr', 'link'],
    ['phone voice', 'spoken'],
  ]),
  toldTies: set(
    "i i've we we've you he she she's they it who whom nobody everyone everybody somebody someone was wasn't were weren't is isn't are aren't be been being am not never has hasn't have haven't had hadn't get gets got getting as when once until if being already just also yet to",
  ),

  ties: set(
    'by until till before after since from next this that every each the a an of to than per about over under around within in only nearly almost another and or is was are were lost lose loses raised raise worth cost costs pay paid pays save saved saves spend spent earn earned made make need needs takes take took wins won up down with',
  ),
  measures: set('of off late early behind ahead users people euros dollars pounds usd eur gbp'),
  common: set(
    'i we you he she it they me us him her them my our your his its their this that these those the a an and or but so if as at by for from in into of on to with re was were is are be been has have had will would can could may might should said says asked wants want wanted needs need likes told not no yes who what when where why how about after before then there here ok all also just',
  ),
  particles: set('van von der den de di da del della la le dos du ten ter zu bin al el'),
};
