/**
 * Registers one self-contained content script per CRM, for the origins that were granted and no others. Done at every
 * start as well: an unpacked extension loses its registrations with the browser.
 */
import browser from 'webextension-polyfill';
import type { About } from '../crm/adapter.ts';

const covers = (pattern: string, origin: string): boolean => {
  const host = /^https:\/\/([^/]+)\//u.exec(pattern)?.[1] ?? '';
  const granted = /^https:\/\/([^/]+)\//u.exec(origin)?.[1] ?? '';
  return host === granted || (host.startsWith('*.') && granted.endsWith(host.slice(1)));
};

export const registerContentScripts = async (abouts: readonly About[]): Promise<void> => {
  const { origins = [] } = await browser.permissions.getAll();
  const wanted = abouts.flatMap((about) => {
    const matches = origins.filter((origin) => about.hosts.some((host) => covers(host, origin)));
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

/** Tabs that were open before the permission came get the script now; a second run in a page does nothing. */
export const enterOpenTabs = async (abouts: readonly About[]): Promise<void> => {
  const { origins = [] } = await browser.permissions.getAll();
  for (const about of abouts) {
    const matches = origins.filter((origin) => about.hosts.some((host) => covers(host, origin)));
    if (matches.length === 0) continue;
    for (const tab of await browser.tabs.query({ url: matches })) {
      if (tab.id === undefined) continue;
      await browser.scripting
        .executeScript({ target: { tabId: tab.id }, files: [`/content/${about.id}.js`] })
        // A tab that is discarded or shows an error page cannot be entered, and need not be.
        .catch(() => {});
    }
  }
};
