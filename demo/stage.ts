/**
 * The stage of the tour and of the end-to-end tests: a demo CRM under its real kind of host names, a real Chromium with
 * Candor, and a connection made the way a person makes it, through the options page.
 */
import type { Page } from 'playwright-core';
import type { Answer, Ask, Message } from '../src/contract.ts';
import { builtExtension, type Candor, type ClosedRoot, type Launch, launchCandor } from '../test/support/chromium.ts';
import type { DemoCrm } from './crm/demo-crm.ts';
import { type DemoCrmName, demoCrms } from './crm/demo-crms.ts';
import type { DemoOrg, DemoOrgOptions } from './crm/index.ts';
import type { SalesforceDemo } from './crm/salesforce-demo.ts';

export interface Stage {
  readonly crm: DemoCrm;
  /** The Salesforce demo org, for tests that look into it; not there with another CRM on stage. */
  readonly org: DemoOrg;
  candor: Candor;
  /** Asks the background as the dashboard would; from a tab of its own that is closed again. */
  ask<M extends Message>(message: M, ...ask: Ask<M> extends undefined ? [] : [Ask<M>]): Promise<Answer<M>>;
  /** Opens a contact's record page and waits for it. */
  openContact(name: string, page?: Page, account?: string): Promise<Page>;
  /** The same profile again after `candor.kill()` or `candor.close()`. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions extends Partial<Omit<Launch, 'hostMap' | 'spki' | 'extensionDir'>> {
  readonly build?: 'chrome' | 'test';
  readonly extensionDir?: string;
  readonly crm?: DemoCrmName;
  readonly org?: DemoOrgOptions;
}

export const openStage = async ({
  build = 'test',
  crm: name = 'salesforce',
  org: orgOptions = {},
  ...launch
}: StageOptions = {}): Promise<Stage> => {
  const orgName = 'halden';
  const crm: DemoCrm =
    name === 'salesforce' ? await demoCrms.salesforce({ orgName, ...orgOptions }) : await demoCrms[name]({ orgName });
  const start = (): Promise<Candor> =>
    launchCandor({
      extensionDir: builtExtension(build),
      ...launch,
      hostMap: crm.hostMap,
      spki: crm.spki,
    });
  const stage: Stage = {
    crm,
    get org() {
      if (crm.id !== 'salesforce') throw new Error(`${crm.id} is on stage: look at stage.crm`);
      return (crm as SalesforceDemo).org;
    },
    candor: await start(),
    ask: async (message, ...[ask]) => {
      const page = await stage.candor.openOwn('src/dashboard/index.html#/evidence');
      try {
        const reply = await page.evaluate(
          async ([name, given]) => chrome.runtime.sendMessage({ candor: 1, ask: name, with: given ?? null }),
          [message, ask] as const,
        );
        if (!reply || 'error' in reply) throw new Error(`${message}: ${reply?.error ?? 'no answer'}`);
        return reply.ok as never;
      } finally {
        await page.close();
      }
    },
    openContact: async (name, given, account) => {
      const page = given ?? (await stage.candor.context.newPage());
      await page.goto(crm.contactUrl(name, account));
      // Where the fragment is the whole route nothing is loaded, and the page before stays until this one is read.
      await page.locator(crm.marks.name, { hasText: name }).waitFor();
      return page;
    },
    reopen: async () => {
      stage.candor = await start();
    },
    close: async () => {
      await stage.candor.close();
      await crm.close();
    },
  };
  return stage;
};

const COMPANY = { name: 'Norrland Instruments', privacyContact: 'privacy@example.com', zone: 'Europe/Berlin' };

/** Connects as a person does: address, sign-in, company, one click, and with OAuth *Allow* on the CRM's own page. */
export const connect = async (
  { candor, crm }: Stage,
  shot?: (page: Page, name: string) => Promise<void>,
): Promise<void> => {
  await candor.approveHosts(crm.origins.map((origin) => `${origin}/*`));
  const options = await candor.openOwn('src/options/index.html');
  await options.getByLabel('Address', { exact: false }).first().fill(crm.address);
  await options.locator('.known').waitFor();
  const { signIn } = crm;
  if ('clientId' in signIn) {
    await options.locator('input[id$="-client"]').fill(signIn.clientId);
  } else {
    await options.locator('input[id$="-user"]').fill(signIn.user);
    await options.locator('input[id$="-password"]').fill(signIn.password);
  }
  await options.locator('.company input[id$="-name"]').fill(COMPANY.name);
  await options.locator('.company input[id$="-contact"]').fill(COMPANY.privacyContact);
  await options.locator('.company select').selectOption(COMPANY.zone);
  await shot?.(options, 'options');
  const consent = 'clientId' in signIn ? candor.context.waitForEvent('page') : null;
  await options.locator('form.connect button[type=submit]').click();
  await (await consent)?.getByRole('button', { name: 'Allow' }).click();
  await options.locator('article.connection.state-connected').waitFor();
  await options.evaluate(() => scrollTo(0, 0));
  await shot?.(options, 'connected');
  await options.close();
};

/** Makes somebody told through the product's own messages: attempt, then confirmation. */
export const tell = async (stage: Stage, name: string): Promise<void> => {
  const contact = `crm:${await connectionOf(stage)}:${stage.crm.contact(name).id}`;
  const commandId = crypto.randomUUID();
  const attempted = await stage.ask('attemptNotice', { commandId, contact, route: 'mail', language: 'en' });
  if (!('attempt' in attempted)) throw new Error(`could not tell ${name}: ${attempted.why.key}`);
  const confirmed = await stage.ask('confirmTold', {
    commandId: crypto.randomUUID(),
    contact,
    attempt: attempted.attempt,
  });
  if (confirmed.is !== 'done') throw new Error(`could not confirm ${name}: ${confirmed.why.key}`);
};

export const connectionOf = async (stage: Stage): Promise<string> => {
  const [connection] = await stage.ask('connections');
  if (!connection) throw new Error('no CRM is connected');
  return connection.id;
};

/** The badge on a page: the one element that Candor hangs beside the body. */
export const badgeOf = ({ candor }: Stage, page: Page): ClosedRoot => candor.closedRoot(page, 'html > div');
