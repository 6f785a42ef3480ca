/** The composition root: listeners first, synchronously; then the house. The only process with data and network. */
import browser from 'webextension-polyfill';
import { abouts } from '../crm/abouts.ts';
import type { Announcement } from '../messenger.ts';
import { sayer } from '../words.ts';
import { startHouse } from './building.ts';
import { enterOpenTabs, registerContentScripts } from './content-scripts.ts';
import { showPanel } from './handlers/badge.ts';
import { handlers } from './handlers/index.ts';
import { REFUSED_MESSAGES } from './handlers/verify.ts';
import { browserPlatform as platform } from './platform.ts';
import { router } from './router.ts';
import { openStore } from './store/idb.ts';
import { watched } from './store/watched.ts';
import { ALARM } from './wake.ts';
import { witness } from './witness.ts';

const store = watched(openStore({ after: platform.after, witness }));

const report = (error: unknown): void => {
  // Names and codes only: a log must never hold what somebody wrote.
  console.warn('candor:', error instanceof Error ? `${error.name} ${error.message}` : 'error');
};

const changed = (): void => {
  const said: Announcement<'changed'> = { candor: 1, announce: 'changed', with: null };
  platform.tellAll(said);
  refreshBadges().catch(report);
  enter(false).catch(report);
  countWaiting().catch(report);
};

const connected = () => store.read((tx) => tx.all('connections'));
const register = async (): Promise<void> => registerContentScripts(abouts, await connected());

/** Content scripts go where the permissions and the connections say: into open tabs as well when one has come. */
let entered = '';
const enter = async (anew: boolean): Promise<void> => {
  const rows = await connected();
  const origins = rows.map(({ uiOrigin }) => uiOrigin).join(' ');
  if (!anew && origins === entered) return;
  entered = origins;
  await registerContentScripts(abouts, rows);
  await enterOpenTabs(abouts, rows);
};

const { house, reminder } = startHouse(
  { store, platform, say: sayer((key, gaps) => browser.i18n.getMessage(key, gaps), platform.language()), changed },
  report,
);

const { answer } = router(
  handlers,
  () => house,
  { id: browser.runtime.id, origin: browser.runtime.getURL('').replace(/\/$/u, '') },
  (message, caller) => {
    report(new Error(`refused ${message} from ${caller ?? 'nobody'}`));
    store
      .write(async (tx) => {
        const before = ((await tx.get('meta', REFUSED_MESSAGES))?.value as number | undefined) ?? 0;
        await tx.put('meta', { name: REFUSED_MESSAGES, value: before + 1 });
      })
      .catch(report);
  },
);

/** Badges draw themselves again: in the tabs of granted hosts only, the others cannot hear. */
const refreshBadges = async (): Promise<void> => {
  const { origins = [] } = await browser.permissions.getAll();
  if (origins.length === 0) return;
  const order: Announcement<'refresh'> = { candor: 1, announce: 'refresh', with: null };
  for (const tab of await browser.tabs.query({ url: origins })) {
    if (tab.id !== undefined) await platform.tellTab(tab.id, order).catch(() => {});
  }
};

/** On the toolbar icon: how many logs are not in the CRM yet or need their person. No names. */
const countWaiting = async (): Promise<void> => {
  const rows = await store.read((tx) => tx.all('outbox'));
  const waiting = rows.filter(({ state }) => state === 'needs_you' || state === 'queued' || state === 'in_flight');
  await platform.count(new Set(waiting.map(({ activity }) => activity)).size);
};

browser.runtime.onMessage.addListener(answer as never);
browser.commands.onCommand.addListener((command, tab) => {
  if (command !== 'open-log') return;
  const open = tab?.id === undefined ? platform.openPopup() : showPanel(house, tab.id, 'command');
  open.catch(report);
});
browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === ALARM) reminder.now();
});
browser.permissions.onAdded.addListener(() => {
  enter(true).catch(report);
});
browser.permissions.onRemoved.addListener(() => {
  register().catch(report);
  // What lost its permission says so now, not at its next log.
  reminder.now();
});
browser.runtime.onInstalled.addListener(() => {
  enter(true).catch(report);
});
browser.runtime.onStartup.addListener(() => {
  register().catch(report);
});
addEventListener('online', () => {
  changed();
  reminder.now();
});
addEventListener('offline', changed);

// Every start of the worker is a wake: what is due is in the store, whatever woke us.
reminder.now();
