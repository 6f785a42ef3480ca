/** After the tour: a few more logs, made through the product's own messages, so that the dashboard shows a working week. */
import type { Page } from 'playwright-core';
import type { Stage } from './stage.ts';

const WEEK: readonly { readonly page: number; readonly line: (names: readonly string[]) => string }[] = [
  {
    page: 0,
    line: ([a, b]) =>
      `met @${a} and @${b} 1h yesterday 10am re autumn tender, they compare three suppliers >send references tue`,
  },
  { page: 1, line: ([a]) => `called @${a} 15m, asks for delivery times` },
  {
    page: 2,
    line: ([a, b, c]) =>
      `visited @${a}, @${b} and @${c} 2h monday 2pm, walked the new hall ~~the manager seems tired of the project`,
  },
];

/** Opens the pages of a few accounts, logs, tells one person, takes one objection; then draws the dashboard. */
export const playGallery = async (stage: Stage, shot: (page: Page, name: string) => Promise<void>): Promise<void> => {
  const teams = stage.crm.teams().filter(({ account, people }) => account !== 'Halden Freight AG' && people.length > 3);
  const page = await stage.candor.context.newPage();
  const people: string[] = [];
  for (const { page: index, line } of WEEK) {
    const { account = '', people: names = [] } = teams[index] ?? {};
    await stage.openContact(names[0] ?? '', page, account);
    await page.waitForTimeout(600);
    const form = await stage.ask('openForm');
    await stage.ask('commit', { formId: form.formId, text: line(names), armed: true });
    people.push(...names.slice(0, 3));
  }
  await page.close();
  const { rows } = await stage.ask('contacts');
  const contact = (name: string | undefined): string => rows.find((row) => row.name === name)?.id ?? '';
  await stage.ask('attemptNotice', {
    commandId: crypto.randomUUID(),
    contact: contact(people[0]),
    route: 'letter',
    language: 'en',
  });
  await stage.ask('raiseObjection', { commandId: crypto.randomUUID(), contact: contact(people[3]), scope: 'general' });
  const dashboard = await stage.candor.openOwn('src/dashboard/index.html#/contacts', { width: 1440, height: 900 });
  const view = async (name: string): Promise<void> => {
    await dashboard.evaluate((hash) => {
      location.hash = hash;
    }, `#/${name}`);
    await dashboard.waitForTimeout(500);
  };
  await dashboard.waitForTimeout(12_000);
  for (const name of ['contacts', 'held', 'today']) {
    await view(name);
    await shot(dashboard, name);
  }
  await dashboard.emulateMedia({ colorScheme: 'dark' });
  await view('contacts');
  await shot(dashboard, 'contacts-dark');
  await dashboard.close();
};
