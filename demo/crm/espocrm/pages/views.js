import { api, h, time } from './dom.js';

/** @typedef {Record<string, any>} Row */

/** @param {string} label @param {...import('./dom.js').Child} value */
const cell = (label, ...value) =>
  h('div', { class: 'cell' }, h('label', { class: 'control-label' }, label), h('div', { class: 'field' }, ...value));

/** @param {string} entity @param {Row} row @param {string} [name] */
export const link = (entity, row, name = row.name) =>
  h(
    'a',
    { href: `#${entity}/view/${row.id}`, class: 'link', 'data-id': row.id, 'data-scope': entity },
    h('bdi', {}, name),
  );

/** @param {Row} row @param {string} scope @param {(row: Row, scope: string) => void} open */
function activity(row, scope, open) {
  return h(
    'li',
    { class: 'list-row', 'data-id': row.id, 'data-scope': scope },
    h(
      'a',
      {
        href: `#${scope}/view/${row.id}`,
        class: 'link',
        click: (event) => {
          event.preventDefault();
          open(row, scope);
        },
      },
      row.name,
    ),
    h(
      'span',
      { class: `label label-${row.status === 'Held' || row.status === 'Completed' ? 'success' : 'default'}` },
      row.status,
    ),
    h('time', {}, time(row.dateStart ?? row.dateEnd) || row.dateEndDate || ''),
    row.description && h('p', { class: 'description' }, row.description),
  );
}

/**
 * History and tasks of a person: what was logged, newest first.
 * @param {string} entity @param {string} id @param {(row: Row, scope: string) => void} open
 */
async function panels(entity, id, open) {
  const kinds = /** @type {const} */ ([
    ['Meeting', 'meetings'],
    ['Call', 'calls'],
    ['Task', 'tasks'],
  ]);
  const lists = await Promise.all(
    kinds.map(([, of]) => api(`${entity}/${id}/${of}?maxSize=20&orderBy=createdAt&order=desc`)),
  );
  const [meetings, calls, tasks] = lists.map(({ list }) => /** @type {Row[]} */ (list));
  const history = [
    ...(meetings ?? []).map((row) => ({ row, scope: 'Meeting' })),
    ...(calls ?? []).map((row) => ({ row, scope: 'Call' })),
  ].sort((a, b) => (a.row.dateStart < b.row.dateStart ? 1 : -1));
  /** @param {string} name @param {string} title @param {Node[]} items */
  const panel = (name, title, items) =>
    h(
      'div',
      { class: 'panel panel-default', 'data-name': name },
      h('div', { class: 'panel-heading' }, h('h4', {}, title)),
      items.length > 0 ? h('ul', { class: 'list' }, items) : h('p', { class: 'none' }, 'No Data'),
    );
  return [
    panel(
      'history',
      'History',
      history.map(({ row, scope }) => activity(row, scope, open)),
    ),
    panel(
      'tasks',
      'Tasks',
      (tasks ?? []).map((row) => activity(row, 'Task', open)),
    ),
  ];
}

/** @param {string} scope @param {Row} row */
const fields = (scope, row) =>
  scope === 'Contact'
    ? [
        cell('Name', row.name),
        cell('Account', row.accountId && link('Account', { id: row.accountId, name: row.accountName })),
        cell('Title', row.title),
        cell('Email', row.emailAddress, row.emailAddressIsOptedOut && ' (opted out)'),
        cell('Phone', row.phoneNumber, row.doNotCall && ' (do not call)'),
        cell('Address', [row.addressCity, row.addressCountry].filter(Boolean).join(', ')),
      ]
    : scope === 'Account'
      ? [cell('Name', row.name), cell('Industry', row.industry), cell('Website', row.website)]
      : [
          cell('Name', row.name),
          cell('Status', row.status),
          cell('Parent', row.parentName),
          cell('Date', time(row.dateStart), row.dateEnd && ` to ${time(row.dateEnd)}`),
          cell('Description', h('p', { class: 'description' }, row.description ?? '')),
        ];

let views = 0;
/**
 * The record itself: it names its kind, and nowhere its id.
 * @param {string} scope @param {Row} row @param {Node[]} beside
 */
const detail = (scope, row, beside) => {
  views += 1;
  return h(
    'div',
    { class: 'detail', id: `view-${views}`, 'data-scope': scope, tabindex: '-1' },
    h(
      'div',
      { class: 'detail-button-container record-buttons' },
      h('button', { type: 'button', class: 'btn', 'data-action': 'edit' }, 'Edit'),
    ),
    h(
      'div',
      { class: 'record-grid' },
      h('div', { class: 'left' }, fields(scope, row)),
      h('div', { class: 'side' }, beside),
    ),
  );
};

/**
 * @param {string} scope @param {string} id @param {(row: Row, scope: string) => void} open
 * @returns {Promise<{ title: string, nodes: Node[] }>}
 */
export async function recordView(scope, id, open) {
  const row = await api(`${scope}/${id}`);
  const beside = scope === 'Contact' || scope === 'Account' ? await panels(scope, id, open) : [];
  const colleagues = scope === 'Account' ? (await api(`Account/${id}/contacts?maxSize=200&orderBy=name`)).list : [];
  if (colleagues.length > 0) {
    beside.push(
      h(
        'div',
        { class: 'panel panel-default', 'data-name': 'contacts' },
        h('div', { class: 'panel-heading' }, h('h4', {}, 'Contacts')),
        h(
          'ul',
          { class: 'list' },
          colleagues.map((/** @type {Row} */ one) => h('li', { class: 'list-row' }, link('Contact', one))),
        ),
      ),
    );
  }
  return {
    title: row.name,
    nodes: [
      h(
        'div',
        { class: 'header page-header' },
        h(
          'h3',
          { class: 'header-title' },
          h('a', { href: `#${scope}` }, `${scope}s`),
          ' › ',
          h('span', { class: 'title' }, h('bdi', {}, row.name)),
        ),
      ),
      h('div', { class: 'record' }, detail(scope, row, beside)),
    ],
  };
}

/** @param {string} scope @returns {Promise<{ title: string, nodes: Node[] }>} */
export async function listView(scope) {
  const { list, total } = await api(`${scope}?maxSize=200&orderBy=name`);
  return {
    title: `${scope}s`,
    nodes: [
      h('div', { class: 'header page-header' }, h('h3', { class: 'header-title' }, `${scope}s (${total})`)),
      h(
        'div',
        { class: 'list-container', 'data-scope': scope },
        h(
          'table',
          { class: 'table' },
          h(
            'tbody',
            {},
            list.map((/** @type {Row} */ row) =>
              h(
                'tr',
                { class: 'list-row', 'data-id': row.id },
                h('td', {}, link(scope, row)),
                h('td', {}, row.accountName ?? row.industry ?? ''),
              ),
            ),
          ),
        ),
      ),
    ],
  };
}

/**
 * A record beside the page: a drawer at the right, over more than half of the width. The address stays as it is.
 * @param {Row} row @param {string} scope
 */
export function openDrawer(row, scope) {
  closeDrawer();
  const body = h('div', { class: 'modal-body' }, h('p', { class: 'loading' }, 'Loading…'));
  document.body.append(
    h('div', { class: 'modal-backdrop', click: closeDrawer }),
    h(
      'div',
      { class: 'dialog dialog-record modal in', role: 'dialog', tabindex: '-1', 'aria-label': row.name },
      h(
        'div',
        { class: 'modal-content' },
        h(
          'header',
          { class: 'modal-header' },
          h('h4', {}, row.name),
          h('button', { type: 'button', class: 'close', 'aria-label': 'Close', click: closeDrawer }, '×'),
        ),
        body,
      ),
    ),
  );
  api(`${scope}/${row.id}`).then((whole) => body.replaceChildren(detail(scope, whole, [])));
}

export function closeDrawer() {
  for (const each of document.querySelectorAll('.dialog, .modal-backdrop')) each.remove();
}
