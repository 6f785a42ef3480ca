/**
 * What a log costs: forty reports through the real panel and through the demo CRM's own *New event*, in a real browser.
 * Every key and click below is really pressed; docs/burden.md says how seconds are made of them.
 *
 *   npm run bench:burden [-- --reports 8]
 */
import type { Page } from 'playwright-core';
import { connect, openStage, type Stage, tell } from '../demo/stage.ts';
import { type Steps, secondsOf } from '../src/domain/burden.ts';
import { REPORTS, type Report } from './reports.ts';

const PAGE = 'Dana Reyes';
const MARKS = new Set(['@', '>', '~', '!', '*']);

/** A person's hands on one page, counted. */
class Hands {
  keys = 0;
  beyond = 0;
  clicks = 0;
  fields = 0;
  constructor(readonly page: Page) {}
  /** Words of the report: marks of the grammar are beyond it. */
  async write(words: string): Promise<void> {
    await this.page.keyboard.type(words);
    this.keys += words.length;
    this.beyond += [...words].filter((letter) => MARKS.has(letter)).length;
  }
  /** Letters that only the form wants. */
  async fill(letters: string): Promise<void> {
    await this.page.keyboard.type(letters);
    this.keys += letters.length;
    this.beyond += letters.length;
  }
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    this.keys += 1;
    this.beyond += 1;
  }
  async click(selector: string, at?: { x: number; y: number }): Promise<void> {
    await this.page
      .locator(selector)
      .first()
      .click(at ? { position: at } : {});
    this.clicks += 1;
  }
  get steps(): Steps {
    return { keys: this.beyond, clicks: this.clicks, fields: this.fields };
  }
}

interface Cost extends Steps {
  readonly all: number;
  readonly seconds: number;
  /** Names and times counted as overhead too, as if nobody would have said them. */
  readonly strict: number;
}
const costOf = (hands: Hands, note: string): Cost => ({
  ...hands.steps,
  all: hands.keys,
  seconds: secondsOf(hands.steps),
  strict: secondsOf({ ...hands.steps, keys: Math.max(0, hands.keys - note.length) }),
});

const lineOf = ({ kind, when, note, next }: Report, names: readonly string[]): string => {
  const who = names.map((name) => `@${name.split(' ')[0]?.toLowerCase()}`);
  const people = who.length > 1 ? `${who.slice(0, -1).join(', ')} and ${who.at(-1)}` : who[0];
  const time = when ? ` ${when.minutes}m ${when.day === 1 ? 'yesterday' : 'today'} ${when.at}` : '';
  return `${kind} ${people}${time}, ${note}${next ? ` >${next}` : ''}`;
};

const openPage = async (stage: Stage, page: Page): Promise<void> => {
  await stage.openContact(PAGE, page);
};

const throughPanel = async (stage: Stage, page: Page, report: Report, names: readonly string[]): Promise<Cost> => {
  const hands = new Hands(page);
  await stage.candor.pressCommand(page);
  hands.keys += 1;
  hands.beyond += 1;
  const frame = await stage.candor.panelFrame(page);
  await frame.locator('.log-record-name').waitFor();
  await frame.locator('textarea:focus').waitFor();
  hands.fields = 1 + (report.when ? 1 : 0) + names.length - 1 + (report.next ? 1 : 0);
  await hands.write(lineOf(report, names));
  // A frame saves only once it was seen for a second: nobody types a line in less.
  await page.waitForTimeout(1_200);
  await hands.press('Enter');
  await frame.locator('.log-after').waitFor();
  await page.keyboard.press('Escape');
  return costOf(hands, report.note + (report.next ?? ''));
};

const two = (value: number): string => String(value).padStart(2, '0');
const later = (at: string, minutes: number): string => {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const end = hour * 60 + minute + minutes;
  return `${two(Math.floor(end / 60) % 24)}:${two(Math.floor((end % 60) / 15) * 15)}`;
};

const throughForm = async (page: Page, report: Report, others: readonly string[]): Promise<Cost> => {
  const hands = new Hands(page);
  const to = async (name: string): Promise<void> => {
    hands.fields += 1;
    for (let tabs = 0; tabs < 12; tabs += 1) {
      if ((await page.evaluate(() => document.activeElement?.getAttribute('name'))) === name) return;
      await hands.press('Tab');
    }
    throw new Error(`Tab does not reach ${name}`);
  };
  await hands.click('button[data-act=new-event]');
  await page.locator('form.composer input[name=subject]:focus').waitFor();
  hands.fields += 1;
  await hands.fill('Meeting');
  if (report.when) {
    const day = new Date(Date.now() - report.when.day * 86_400_000);
    const date = `${two(day.getMonth() + 1)}${two(day.getDate())}${day.getFullYear()}`;
    const end = later(report.when.at, report.when.minutes);
    // The quickest way: from field to field with Tab, digits into dates, times by their first letters.
    for (const [field, value] of [
      ['startDate', date],
      ['startTime', report.when.at],
      ['endDate', date],
      ['endTime', end],
    ] as const) {
      await to(field);
      await hands.fill(value);
    }
  }
  for (const name of others) {
    hands.fields += 1;
    await hands.click('form.composer input[name=who]');
    await hands.fill(name.slice(0, 4));
    const found = page.locator('.lookup-menu:not([hidden]) button', { hasText: name }).first();
    await found.waitFor();
    await found.click();
    hands.clicks += 1;
  }
  hands.fields += 1;
  await hands.click('form.composer textarea[name=description]');
  await hands.write(report.note);
  await hands.click('form.composer button[type=submit]');
  await page.locator('form.composer').first().waitFor({ state: 'hidden' });
  return costOf(hands, report.note);
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0);

const asked = Number(process.argv[process.argv.indexOf('--reports') + 1]);
const reports = REPORTS.slice(0, Number.isInteger(asked) && asked > 0 ? asked : REPORTS.length);
const stage = await openStage({ org: { autoApprove: false } });
try {
  await connect(stage);
  const page = await stage.openContact(PAGE);
  await tell(stage, PAGE);
  const account = stage.org.records.contact(PAGE).AccountId;
  const team = stage.org.records.all('Contact').filter(({ AccountId }) => AccountId === account);
  // Named by the first name alone: it stands for one person, and no other name begins with it.
  const colleagues = team
    .filter(({ FirstName }) => /^[A-Z][a-z]{2,}$/u.test(String(FirstName)) && FirstName !== 'Dana')
    .filter(
      ({ FirstName }) =>
        team.filter(({ FirstName: first, LastName: last }) =>
          `${first} ${last}`.split(/[ -]/u).some((word) => word.startsWith(String(FirstName))),
        ).length === 1,
    )
    .map(({ FirstName, LastName }) => `${FirstName} ${LastName}`);
  if (colleagues.length < 4) throw new Error(`only ${colleagues.length} colleagues with a name of their own`);

  console.log(
    '  #  people  line: keys beyond  clicks  seconds   form: keys beyond  clicks  fields  seconds   seconds ratio',
  );
  const rows: { line: Cost; form: Cost }[] = [];
  for (const [at, report] of reports.entries()) {
    const others = colleagues.slice(0, report.with);
    await openPage(stage, page);
    const line = await throughPanel(stage, page, report, [PAGE, ...others]);
    await openPage(stage, page);
    const form = await throughForm(page, report, others);
    rows.push({ line, form });
    const cell = (value: number, width: number, digits = 0): string => value.toFixed(digits).padStart(width);
    console.log(
      `${cell(at + 1, 3)}${cell(1 + report.with, 8)}${cell(line.keys, 19)}${cell(line.clicks, 8)}${cell(line.seconds, 9, 1)}` +
        `${cell(form.keys, 20)}${cell(form.clicks, 8)}${cell(form.fields, 8)}${cell(form.seconds, 9, 1)}${cell(line.seconds / form.seconds, 16, 2)}`,
    );
  }
  const ratio = sum(rows.map(({ line }) => line.seconds)) / sum(rows.map(({ form }) => form.seconds));
  const strict = sum(rows.map(({ line }) => line.strict)) / sum(rows.map(({ form }) => form.strict));
  const most = Math.max(...rows.map(({ line }) => line.keys));
  const clicks = sum(rows.map(({ line }) => line.clicks));
  const results: readonly (readonly [string, boolean])[] = [
    [`clicks in the line: ${clicks} (target 0)`, clicks === 0],
    [`keys beyond the note: median ${median(rows.map(({ line }) => line.keys))}, most ${most} (target 12)`, most <= 12],
    [`overhead in seconds: ${ratio.toFixed(2)} of the form's (target 0.33)`, ratio <= 1 / 3],
  ];
  console.log('');
  for (const [result, ok] of results) console.log(`${ok ? 'ok  ' : 'FAIL'}  ${result}`);
  console.log(
    `      the form: median ${median(rows.map(({ form }) => form.keys))} keys beyond the note, ${median(rows.map(({ form }) => form.clicks))} clicks, ` +
      `${median(rows.map(({ form }) => form.fields))} fields, ${median(rows.map(({ form }) => form.seconds)).toFixed(1)} s; its next steps are left out: the demo CRM has no form for them`,
  );
  console.log(`      counting names and times typed in the line as overhead too: ${strict.toFixed(2)} of the form's`);
  process.exitCode = results.every(([, ok]) => ok) ? 0 : 1;
} finally {
  await stage.close();
}
