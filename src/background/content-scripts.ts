/**
 * Registers one self-contained content script per CRM, for the origins that were granted and no others. Done at every
 * start as well: an unpacked extension loses its registrations with the browser.
 */
import browser from 'webextension-polyfill';
import type { About } from '../crm/adapter.ts';
import type { ConnectionRow } from './store/schema.ts';

const covers = (pattern: string, origin: string): boolean => {
  const host = /^https:\/\/([^/]+)\//u.exec(pattern)?.[1] ?? '';
  const granted = /^https:\/\/([^/]+)\//u.exec(origin)?.[1] ?? '';
  return host === granted || (host.startsWith('*.') && granted.endsWith(host.slice(1)));
};

type Connected = Pick<ConnectionRow, 'crm' | 'uiOrigin'>;

/**
 * Where a CRM's script belongs. Where organisations host it themselves, its hosts say nothing: only the origins that
 * are connected with it, as long as they are granted.
 */
const matchesOf = async (about: About, connections: readonly Connected[]): Promise<string[]> => {
  if (!about.selfHosted) {
    const { origins = [] } = await browser.permissions.getAll();
    return origins.filter((origin) => about.hosts.some((host) => covers(host, origin)));
  }
  const own = connections.filter(({ crm }) => crm === about.id).map(({ uiOrigin }) => `${uiOrigin}/*`);
  const granted = await Promise.all(own.map((origin) => browser.permissions.contains({ origins: [origin] })));
  return [...new Set(own.filter((_, index) => granted[index]))];
};

export const registerContentScripts = async (
  abouts: readonly About[],
  connections: readonly Connected[],
): Promise<void> => {
  const places = await Promise.all(abouts.map((about) => matchesOf(about, connections)));
  const wanted = abouts.flatMap((about, index) => {
    const matches = places[index] ?? [];
    // The leading slash: Firefox resolves the path against the calling page.
    return matches.length > 0
      ? [
          {
            id: about.id,
            js: [`/content/${about.id}.js`],
            matches,
            runAt: 'document_idle' as const,
            persistAcrossSessions: true,
          },
        ]
      : [];
  });
  const registered = (await browser.scripting.getRegisteredContentScripts()).map(({ id }) => id);
  const gone = registered.filter((id) => !wanted.some((script) => script.id === id));
  if (gone.length > 0) await browser.scripting.unregisterContentScripts({ ids: gone });
  const [known, fresh] = [
    wanted.filter(({ id }) => registered.includes(id)),
    wanted.filter(({ id }) => !registered.includes(id)),
  ];
  if (known.length > 0) await browser.scripting.updateContentScripts(known);
  if (fresh.length > 0) await browser.scripting.registerContentScripts(fresh);
};

/**
 * Sent into a page before the script. What an update left there cannot hear the new background: told that the address may
 * have changed, it asks, gets no answer, and takes its badge and its dead form away.
 */
const wakeOrphans = (): void => {
  navigation.dispatchEvent(new Event('currententrychange'));
};

/** Tabs that were open before the permission came get the script now; a second run in a page does nothing. */
export const enterOpenTabs = async (abouts: readonly About[], connections: readonly Connected[]): Promise<void> => {
  for (const about of abouts) {
    const matches = await matchesOf(about, connections);
    if (matches.length === 0) continue;
    for (const tab of await browser.tabs.query({ url: matches })) {
      if (tab.id === undefined) continue;
      const target = { tabId: tab.id };
      await browser.scripting
        .executeScript({ target, func: wakeOrphans })
        .then(() => browser.scripting.executeScript({ target, files: [`/content/${about.id}.js`] }))
        // A tab that is discarded or shows an error page cannot be entered, and need not be.
        .catch(() => {});
    }
  }
};
