import { format, h, icon } from '../../pages/dom.js';

/** @import { Child } from '../../pages/data.d.ts' */
/** @import { Entry, Form, Link } from './data.d.ts' */

const APP = '0f3a5c0e-7b1d-4a59-9d3e-5a1b2c3d4e5f';

/** @param {string} etn @param {string} id */
export const pathOf = (etn, id) => `/main.aspx?appid=${APP}&pagetype=entityrecord&etn=${etn}&id=${id}`;

/** @param {Link | null} record */
const link = (record) =>
  record && h('a', { href: pathOf(record.etn, record.id), 'data-inside': true }, h('bdi', {}, record.name));

/** @type {Record<string, readonly [string, string][]>} */
const FIELDS = {
  contact: [
    ['jobtitle', 'Job title'],
    ['emailaddress1', 'Email'],
    ['telephone1', 'Business phone'],
    ['department', 'Department'],
    ['address1_city', 'City'],
    ['address1_country', 'Country'],
    ['donotemail', 'Do not email'],
    ['donotphone', 'Do not phone'],
  ],
  account: [
    ['telephone1', 'Phone'],
    ['websiteurl', 'Website'],
    ['industry', 'Industry'],
    ['address1_city', 'City'],
    ['address1_country', 'Country'],
  ],
};
/** @type {readonly [string, string][]} */
const ACTIVITY_FIELDS = [
  ['subject', 'Subject'],
  ['scheduledstart', 'Start'],
  ['scheduledend', 'End'],
  ['description', 'Description'],
];

/** @param {string | number | boolean | null | undefined} value */
const said = (value) =>
  value === true ? 'Yes' : value === false ? 'No' : value === null || value === undefined ? '---' : String(value);

/** @param {string} title @param {Child[]} children */
const section = (title, ...children) => h('section', { class: 'card' }, h('h2', {}, title), ...children);

/** @param {Entry} entry */
function row(entry) {
  const task = entry.etn === 'task';
  const people = [entry.regarding, ...entry.with].filter((each) => each !== null);
  const when = task
    ? entry.end
      ? `Due ${format.day(entry.end)}`
      : 'No due date'
    : entry.start
      ? `${format.day(entry.start)}, ${format.time(entry.start)}${entry.end ? `–${format.time(entry.end)}` : ''}`
      : '';
  return h(
    'li',
    { class: 'entry', 'data-activity-id': entry.id, 'data-activity-type': entry.etn },
    icon(task ? 'check' : entry.etn === 'phonecall' ? 'phone' : 'calendar'),
    h(
      'article',
      {},
      h(
        'header',
        {},
        link({ etn: entry.etn, id: entry.id, name: entry.subject ?? '(no subject)' }),
        h('em', {}, entry.done ? 'Completed' : 'Open'),
      ),
      h('p', { class: 'soft' }, when),
      h(
        'p',
        { 'data-fact': 'attendees' },
        people.flatMap((each, index) => [index > 0 ? ', ' : null, link(each)]),
      ),
      entry.description && h('p', { class: 'note', 'data-fact': 'description' }, entry.description),
      h('p', { class: 'soft' }, `${entry.owner?.name ?? ''} · modified ${format.stamp(entry.modified)}`),
    ),
  );
}

/**
 * A record's form, in the page or, shorter, in the pane beside it.
 * @param {Form} record
 * @param {{ again: () => void, quickView: (id: string) => void, quick: boolean }} acts
 */
export function form(record, { again, quickView, quick }) {
  const { fields, timeline } = record;
  const columns = FIELDS[record.etn] ?? ACTIVITY_FIELDS;
  const details = section(
    'Summary',
    h(
      'dl',
      {},
      ...columns.map(([name, label]) =>
        h('div', { 'data-id': name }, h('dt', {}, label), h('dd', {}, h('bdi', {}, said(fields[name])))),
      ),
      record.account && h('div', {}, h('dt', {}, 'Company'), h('dd', {}, link(record.account))),
      record.regarding && h('div', {}, h('dt', {}, 'Regarding'), h('dd', {}, link(record.regarding))),
    ),
  );
  const header = h(
    'header',
    { class: 'head', 'data-id': 'form-header' },
    h('h1', { 'data-record-name': !quick }, h('bdi', {}, record.name || '(no subject)')),
    h(
      'p',
      { class: 'soft' },
      `${record.etn.slice(0, 1).toUpperCase()}${record.etn.slice(1)} · Owner ${record.owner?.name ?? ''}`,
    ),
  );
  const commands = h(
    'div',
    { class: 'commands', role: 'menubar' },
    ...['Save', 'New', 'Deactivate', 'Delete'].map((each) =>
      h('button', { type: 'button', title: 'Not part of this demo' }, each),
    ),
    h('button', { type: 'button', 'data-act': 'refresh', click: again }, icon('refresh'), 'Refresh'),
  );
  return h(
    'div',
    { class: 'form', 'data-id': 'editFormRoot', 'data-etn': record.etn },
    quick ? null : commands,
    header,
    h(
      'div',
      { class: quick ? 'one' : 'columns' },
      details,
      quick || !(record.etn in FIELDS)
        ? null
        : section(
            'Timeline',
            timeline.length > 0
              ? h('ol', { class: 'timeline' }, ...timeline.map(row))
              : h('p', { class: 'soft' }, 'Get started: capture and manage all records in your timeline.'),
          ),
      quick
        ? null
        : h(
            'div',
            {},
            record.contacts.length > 0
              ? section(
                  'Contacts',
                  h(
                    'ul',
                    { class: 'people' },
                    ...record.contacts.map((each) =>
                      h(
                        'li',
                        {},
                        link({ etn: 'contact', id: each.id, name: each.name }),
                        h(
                          'button',
                          {
                            type: 'button',
                            'data-act': 'quick-view',
                            title: `Quick view of ${each.name}`,
                            click: () => quickView(each.id),
                          },
                          icon('plus'),
                        ),
                      ),
                    ),
                  ),
                )
              : null,
            section(
              'Connections',
              record.connections.length > 0
                ? h(
                    'ul',
                    { class: 'people', 'data-id': 'connections' },
                    ...record.connections.map((each) => h('li', { 'data-connected-id': each.id }, link(each))),
                  )
                : h('p', { class: 'soft' }, 'No connections'),
            ),
          ),
    ),
  );
}
