import { call, h, icon } from '../../pages/dom.js';
import { form, pathOf } from './form.js';

/** @import { Form, ListRow, Session } from './data.d.ts' */

/**
 * One page for ever, as in a model-driven app: moves are pushState of another query on the same path. A quick view
 * opens a second form beside the first and leaves the address as it is.
 */

window.__seenKeys = [];

let visit = 0;

/** @type {Session} */
const session = await call('/ui/session');
const main = h('main', { id: 'main', tabindex: '-1' });
const pane = h('aside', { class: 'pane', hidden: true, 'aria-label': 'Quick view' });

/** @param {string} label @param {string} etn @param {string} glyph */
const area = (label, etn, glyph) =>
  h(
    'a',
    { href: `/main.aspx?pagetype=entitylist&etn=${etn}`, 'data-inside': true, 'data-area': etn },
    icon(glyph),
    label,
  );

document
  .getElementById('shell')
  ?.replaceChildren(
    h(
      'header',
      { class: 'top' },
      icon('grid'),
      h('b', {}, session.org),
      h('span', { class: 'app' }, 'Sales Hub'),
      h('span', { class: 'who' }, session.user),
    ),
    h(
      'div',
      { class: 'under' },
      h(
        'nav',
        { class: 'areas', 'aria-label': 'Areas' },
        h('h2', {}, 'Customers'),
        area('Accounts', 'account', 'building'),
        area('Contacts', 'contact', 'person'),
      ),
      main,
      pane,
    ),
  );

function closePane() {
  pane.hidden = true;
  pane.replaceChildren();
}

/** @param {string} id */
async function quickView(id) {
  /** @type {Form} */
  const record = await call(`/ui/form?etn=contact&id=${id}`);
  pane.replaceChildren(
    h('button', { type: 'button', class: 'close', title: 'Close', click: closePane }, icon('close')),
    form(record, { again: () => void quickView(id), quickView, quick: true }),
  );
  pane.hidden = false;
}

/** @param {{ etn: string, rows: ListRow[] }} list */
function table(list) {
  return h(
    'section',
    { class: 'list', 'data-id': 'grid' },
    h('h1', {}, `Active ${list.etn}s`),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...['Name', 'Company', 'Title', 'Email', 'City'].map((each) => h('th', {}, each)))),
      h(
        'tbody',
        {},
        ...list.rows.map((row) =>
          h(
            'tr',
            {},
            h('td', {}, h('a', { href: pathOf(list.etn, row.id), 'data-inside': true }, h('bdi', {}, row.name))),
            h('td', {}, row.account?.name ?? ''),
            h('td', {}, row.title ?? ''),
            h('td', {}, row.mail ?? ''),
            h('td', {}, row.city ?? ''),
          ),
        ),
      ),
    ),
  );
}

async function show() {
  visit += 1;
  const mine = visit;
  closePane();
  const asked = new URLSearchParams(location.search);
  const etn = asked.get('etn') ?? 'contact';
  for (const link of document.querySelectorAll('[data-area]')) {
    link.classList.toggle('active', link.getAttribute('data-area') === etn);
  }
  main.replaceChildren(h('div', { class: 'waiting', 'aria-busy': 'true' }, 'Loading…'));
  try {
    if (asked.get('pagetype') !== 'entityrecord') {
      const list = await call(`/ui/list?etn=${etn}`);
      if (mine !== visit) return;
      main.replaceChildren(table(list));
      document.title = `Active ${etn}s - ${session.org}`;
      return;
    }
    /** @type {Form} */
    const record = await call(`/ui/form?etn=${etn}&id=${asked.get('id') ?? ''}`);
    if (mine !== visit) return;
    main.replaceChildren(form(record, { again: () => void show(), quickView, quick: false }));
    document.title = `${etn.slice(0, 1).toUpperCase()}${etn.slice(1)}: ${record.name} - ${session.org}`;
  } catch (error) {
    if (mine !== visit) return;
    main.replaceChildren(
      h('section', { class: 'list' }, h('h1', {}, 'Record is unavailable'), h('p', {}, String(error))),
    );
    document.title = session.org;
  }
}

document.addEventListener('click', (event) => {
  const link = /** @type {Element} */ (event.target).closest('a[data-inside]');
  if (!(link instanceof HTMLAnchorElement) || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState({}, '', link.getAttribute('href'));
  void show();
});
addEventListener('popstate', () => void show());
addEventListener('keydown', (event) => window.__seenKeys.push(event.key), true);

void show();
