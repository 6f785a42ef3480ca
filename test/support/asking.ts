/** What every house of the tests is built of and asked like, whichever CRM is behind it. */
import type { Asker } from '../../src/background/handlers/handler.ts';
import { handlers } from '../../src/background/handlers/index.ts';
import type { House } from '../../src/background/house.ts';
import type { Answer, Ask, Message } from '../../src/contract.ts';

export type Asking = <M extends Message>(message: M, ask?: Ask<M>, asker?: Asker) => Promise<Answer<M>>;

export const OWN: Asker = { caller: 'own', tab: null };

/** Asks as the popup would, or as whoever `asker` says. */
export const asking =
  (house: House): Asking =>
  async (message, asked, asker = OWN) => {
    const handler = handlers[message] as (house: House, ask: unknown, asker: Asker) => unknown;
    return (await handler(house, asked ?? null, asker)) as never;
  };

/** Opens a form on the page at this address and saves the line; answers with the activity's id. */
export const logAt = async (
  ask: Asking,
  platform: { tabUrl: string | null },
  url: string,
  line: string,
): Promise<string> => {
  platform.tabUrl = url;
  const form = await ask('openForm');
  const saved = await ask('commit', { formId: form.formId, text: line, armed: true });
  if (saved.is !== 'saved') throw new Error(`not saved: ${JSON.stringify(saved)}`);
  return saved.log.activity;
};

/** Makes whoever is on the page at this address told, through the product's own messages; answers with their key. */
export const tellAt = async (
  ask: Asking,
  platform: { tabUrl: string | null },
  url: string,
  id: string,
): Promise<string> => {
  platform.tabUrl = url;
  const contact = (await ask('openForm')).pageContact?.id ?? '';
  const attempted = await ask('attemptNotice', { commandId: `tell-${id}`, contact, route: 'mail', language: 'en' });
  if (!('attempt' in attempted)) throw new Error(JSON.stringify(attempted));
  const key = (await ask('timeline', { contact }))?.person.id ?? contact;
  const told = await ask('confirmTold', { commandId: `confirm-${id}`, contact: key, attempt: attempted.attempt });
  if (told.is !== 'done') throw new Error(JSON.stringify(told));
  return key;
};

/** Who the company is, so that there is a notice to tell with. */
export const settle = (ask: Asking): Promise<unknown> =>
  ask('saveSettings', {
    controller: { name: 'Norrland Instruments', privacyContact: 'privacy@example.com', zone: 'Europe/Berlin' },
    zoneAssumed: false,
    worksAlone: false,
  });
