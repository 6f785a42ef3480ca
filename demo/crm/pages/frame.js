import { call, format, h, icon, recordPath } from './dom.js';

/** @import { Link, List, Session } from './data.d.ts' */

const TABS = [
  ['Home', null],
  ['Accounts', '/lightning/o/Account/list?filterName=AllAccounts'],
  ['Contacts', '/lightning/o/Contact/list?filterName=AllContacts'],
  ['Calendar', null],
  ['Tasks', null],
  ['Forecasts', null],
  ['Reports', null],
];

const APPS = [
  'Key accounts',
  'Service desk',
  'Contracts',
  'Marketing',
  'Field visits',
  'Analytics',
  'Partner desk',
  'Administration',
];

/**
 * The menu of a tab holds every record of its kind, hidden until asked for; it is a good part of the page's nodes.
 * @param {HTMLElement} menu
 * @param {string} object
 */
async function fillMenu(menu, object) {
  const list = /** @type {List} */ (await call(`/ui/list?object=${object}`));
  menu.replaceChildren(
    ...list.rows.map((each) =>
      h(
        'li',
        {},
        h(
          'a',
          { href: recordPath({ id: each.id, object }), 'data-inside': true },
          icon(object === 'Account' ? 'building' : 'person'),
          h('span', {}, h('bdi', {}, each.name), h('small', {}, each.account?.name ?? each.title ?? '')),
        ),
      ),
    ),
  );
}

/**
 * Header, navigation, main and the parts that stay while one moves inside the app.
 * @param {Session} session
 * @param {(path: string) => void} go
 */
export function buildFrame(session, go) {
  const clock = h('time', { class: 'clock' });
  const tick = () => {
    clock.textContent = format.clock(new Date());
  };
  tick();
  setInterval(tick, 500);

  const search = h('input', {
    type: 'search',
    id: 'global-search',
    placeholder: 'Search contacts and accounts',
    'aria-label': 'Search',
    autocomplete: 'off',
  });
  const hits = h('div', { class: 'search-hits', hidden: true });
  let asked = 0;
  search.addEventListener('input', async () => {
    asked += 1;
    const mine = asked;
    const { results } = await call(`/ui/lookup?q=${encodeURIComponent(search.value)}`);
    if (mine !== asked) return;
    hits.replaceChildren(
      .../** @type {Link[]} */ (results).map((each) =>
        h(
          'a',
          { href: recordPath(each), 'data-inside': true, class: 'hit' },
          icon(each.object === 'Account' ? 'building' : 'person', each.object.toLowerCase()),
          h('span', {}, h('bdi', {}, each.name), h('small', {}, `${each.object} · ${each.detail ?? ''}`)),
        ),
      ),
    );
    hits.hidden = results.length === 0;
  });
  const closeSearch = () => {
    hits.hidden = true;
    search.value = '';
  };

  const launcher = h(
    'div',
    { class: 'launcher', hidden: true },
    h('h2', {}, 'Apps'),
    h(
      'ul',
      {},
      ...APPS.map((name) =>
        h(
          'li',
          {},
          h('span', { class: 'app-letter' }, name.slice(0, 1)),
          h(
            'span',
            {},
            h('b', {}, name),
            h('small', {}, name === 'Key accounts' ? 'You are here' : 'Not part of this demo'),
          ),
        ),
      ),
    ),
  );
  const initials = session.user
    .split(' ')
    .map((part) => part.slice(0, 1))
    .join('');

  const header = h(
    'header',
    { class: 'top' },
    h(
      'a',
      { class: 'brand', href: '/lightning/o/Contact/list?filterName=AllContacts', 'data-inside': true },
      h('img', { src: '/assets/mark.svg', alt: '', width: '26', height: '26' }),
      h('span', {}, session.org),
    ),
    h('div', { class: 'search' }, icon('search'), search, h('kbd', {}, '/'), hits),
    h(
      'div',
      { class: 'top-right' },
      clock,
      h('button', { type: 'button', class: 'round', title: 'Quick create' }, icon('plus')),
      h('button', { type: 'button', class: 'round', title: 'Help' }, icon('help')),
      h('button', { type: 'button', class: 'round', title: 'Notifications' }, icon('bell')),
      h('span', { class: 'avatar', title: session.user }, initials),
    ),
  );

  const tabs = TABS.map(([name, path]) => {
    if (!path)
      return h(
        'li',
        { class: 'tab' },
        h('a', { class: 'tab-link', 'data-tab': name ?? '', role: 'link', 'aria-disabled': 'true' }, name),
      );
    const menu = h('ul', { class: 'tab-menu', hidden: true, 'aria-label': `${name}, all` });
    void fillMenu(menu, (name ?? '').slice(0, -1));
    return h(
      'li',
      { class: 'tab' },
      h('a', { class: 'tab-link', href: path, 'data-inside': true, 'data-tab': name ?? '' }, name),
      h(
        'button',
        {
          type: 'button',
          class: 'tab-open',
          title: `${name}, all`,
          click: () => {
            menu.hidden = !menu.hidden;
          },
        },
        icon('chevron'),
      ),
      menu,
    );
  });
  const nav = h(
    'nav',
    { class: 'tabs', 'aria-label': 'App' },
    h(
      'button',
      {
        type: 'button',
        class: 'waffle',
        title: 'Apps',
        click: () => {
          launcher.hidden = !launcher.hidden;
        },
      },
      icon('grid'),
    ),
    h('span', { class: 'app-name' }, 'Key accounts'),
    h('ul', { class: 'tab-row' }, ...tabs),
  );
  const main = h('main', { id: 'main', tabindex: '-1' });
  const frame = h('div', { class: 'shell' }, header, nav, launcher, main);

  document.addEventListener('click', (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!target.closest('.search')) hits.hidden = true;
    if (!target.closest('.launcher, .waffle')) launcher.hidden = true;
    for (const menu of nav.querySelectorAll('.tab-menu')) {
      if (!menu.parentElement?.contains(target) || target.closest('a')) menu.setAttribute('hidden', '');
    }
    const link = target.closest('a[data-inside]');
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    closeSearch();
    go(link.getAttribute('href') ?? '/');
  });

  return {
    frame,
    main,
    focusSearch: () => search.focus(),
    /** @param {string} object */
    mark(object) {
      for (const each of nav.querySelectorAll('[data-tab]')) {
        each.classList.toggle('active', each.getAttribute('data-tab') === `${object}s`);
      }
    },
  };
}
