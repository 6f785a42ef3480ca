import { h, icon, recordLink } from './dom.js';
/** @import { List } from './data.d.ts' */

/** @param {List} list */
export function listPage(list) {
  const object = list.object;
  const filter = h('input', {
    type: 'search',
    class: 'filter',
    placeholder: `Search this list`,
    'aria-label': 'Search this list',
  });
  const contact = object === 'Contact';
  const columns = contact
    ? ['Name', 'Title', 'Account', 'City', 'Country', 'Phone', 'Email', 'Owner']
    : ['Name', 'Industry', 'City', 'Country', 'Phone', 'Website', 'Owner'];
  const rows = list.rows.map((each) =>
    h(
      'tr',
      { 'data-name': each.name.toLowerCase() },
      h('th', { scope: 'row' }, recordLink({ id: each.id, object, name: each.name })),
      h('td', {}, h('span', { class: 'cut' }, each.title ?? '')),
      contact && h('td', {}, h('span', { class: 'cut' }, recordLink(each.account))),
      ...[each.city, each.country, each.phone, each.email, each.owner].map((value) =>
        h('td', {}, h('span', { class: 'cut' }, value ?? '')),
      ),
    ),
  );
  filter.addEventListener('input', () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const row of rows) row.hidden = !(row.getAttribute('data-name') ?? '').includes(wanted);
  });
  return h(
    'div',
    { class: 'list' },
    h(
      'section',
      { class: 'card' },
      h(
        'header',
        { class: 'list-head' },
        icon(contact ? 'person' : 'building', object.toLowerCase()),
        h(
          'div',
          { class: 'head-name' },
          h('span', { class: 'eyebrow' }, `${object}s`),
          h('h1', {}, `All ${object.toLowerCase()}s`),
          h('small', {}, `${list.rows.length} items, sorted by name`),
        ),
        filter,
      ),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, ...columns.map((each) => h('th', { scope: 'col' }, h('span', {}, each))))),
        h('tbody', {}, ...rows),
      ),
    ),
  );
}
