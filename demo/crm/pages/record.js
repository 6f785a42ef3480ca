import { format, h, icon, recordLink } from './dom.js';
import { editDialog, eventComposer } from './forms.js';
import { timeline } from './timeline.js';

/** @import { Child, CrmRecord, Session } from './data.d.ts' */

/**
 * @param {string} label
 * @param {Child} value
 * @param {string} [name]
 */
function detail(label, value, name = '') {
  const empty = value === null || value === undefined || value === '' || value === false;
  return h(
    'div',
    { class: 'detail', 'data-field': name },
    h('span', { class: 'detail-label' }, label),
    h(
      'span',
      { class: 'detail-value' },
      h('span', { class: 'detail-text' }, empty ? '' : value),
      h('button', { type: 'button', class: 'ghost', tabindex: '-1', title: `Edit ${label}` }, icon('pencil')),
    ),
  );
}

/**
 * @param {string} title
 * @param {Child[]} rows
 */
const section = (title, ...rows) =>
  h('section', { class: 'details' }, h('h3', {}, icon('chevron'), title), h('div', { class: 'detail-grid' }, ...rows));

/** Drawn because a real page has it; it does nothing. */
const idle = { title: 'Not part of this demo' };

/** @param {unknown} value */
const yes = (value) =>
  h(
    'span',
    { class: value === true ? 'box on' : 'box', role: 'img', 'aria-label': value === true ? 'Yes' : 'No' },
    value === true ? '✓' : '',
  );

/** @param {CrmRecord['fields'][string] | undefined} value */
const mail = (value) => (value ? h('a', { href: `mailto:${value}` }, String(value)) : null);
/** @param {CrmRecord['fields'][string] | undefined} value */
const phone = (value) => (value ? h('a', { href: `tel:${String(value).replace(/\s/g, '')}` }, String(value)) : null);

/** @param {CrmRecord} record */
function highlights(record) {
  const { fields } = record;
  /** @type {[string, Child][]} */
  const rows =
    record.object === 'Contact'
      ? [
          ['Title', fields.Title],
          ['Account', recordLink(record.account)],
          ['Phone', phone(fields.Phone)],
          ['Email', mail(fields.Email)],
          ['Contact owner', record.owner?.name],
        ].map(([a, b]) => [String(a), /** @type {Child} */ (b)])
      : record.object === 'Account'
        ? [
            ['Type', fields.Type],
            ['Industry', fields.Industry],
            ['Phone', phone(fields.Phone)],
            ['City', fields.BillingCity],
            ['Account owner', record.owner?.name],
          ].map(([a, b]) => [String(a), /** @type {Child} */ (b)])
        : [
            ['Assigned to', record.owner?.name ?? ''],
            ['Name', recordLink(record.who)],
            ['Related to', recordLink(record.what)],
          ].map(([a, b]) => [String(a), /** @type {Child} */ (b)]);
  return h(
    'dl',
    { class: 'highlights' },
    ...rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value || '—'))),
  );
}

/** @param {CrmRecord} record */
function details(record) {
  const { fields } = record;
  const system = section(
    'System',
    detail('Created by', [record.createdBy?.name, ', ', format.stamp(fields.CreatedDate)], 'CreatedDate'),
    detail(
      'Last changed by',
      [record.modifiedBy?.name, ', ', format.stamp(fields.LastModifiedDate)],
      'LastModifiedDate',
    ),
  );
  /** @param {unknown} value */
  const text = (value) => (value === null || value === undefined ? null : h('bdi', {}, String(value)));
  switch (record.object) {
    case 'Contact':
      return [
        section(
          'About',
          detail('Name', text(record.name), 'Name'),
          detail('Phone', phone(fields.Phone), 'Phone'),
          detail('Account name', recordLink(record.account), 'AccountId'),
          detail('Mobile', phone(fields.MobilePhone), 'MobilePhone'),
          detail('Title', text(fields.Title), 'Title'),
          detail('Email', mail(fields.Email), 'Email'),
          detail('Department', text(fields.Department), 'Department'),
          detail('Contact owner', record.owner?.name, 'OwnerId'),
          detail('Lead source', text(fields.LeadSource), 'LeadSource'),
          detail('Reports to', null, 'ReportsToId'),
        ),
        section(
          'Address and preferences',
          detail(
            'Mailing address',
            [
              text(fields.MailingStreet),
              fields.MailingStreet && h('br'),
              text(fields.MailingCity),
              h('br'),
              text(fields.MailingCountry),
            ],
            'MailingAddress',
          ),
          detail('Email opt out', yes(fields.HasOptedOutOfEmail), 'HasOptedOutOfEmail'),
          detail('Assistant', null, 'AssistantName'),
          detail('Do not call', yes(fields.DoNotCall), 'DoNotCall'),
        ),
        system,
      ];
    case 'Account':
      return [
        section(
          'About',
          detail('Account name', text(record.name), 'Name'),
          detail('Phone', phone(fields.Phone), 'Phone'),
          detail('Industry', text(fields.Industry), 'Industry'),
          detail('Website', text(fields.Website), 'Website'),
          detail('Type', text(fields.Type), 'Type'),
          detail(
            'Employees',
            typeof fields.NumberOfEmployees === 'number' ? fields.NumberOfEmployees.toLocaleString('en-GB') : null,
            'NumberOfEmployees',
          ),
        ),
        section(
          'Address',
          detail(
            'Billing address',
            [text(fields.BillingStreet), h('br'), text(fields.BillingCity), h('br'), text(fields.BillingCountry)],
            'BillingAddress',
          ),
          detail('Account owner', record.owner?.name, 'OwnerId'),
        ),
        system,
      ];
    default: {
      const isTask = record.object === 'Task';
      return [
        section(
          isTask ? 'Task' : 'Event',
          detail('Subject', text(fields.Subject), 'Subject'),
          detail('Assigned to', record.owner?.name, 'OwnerId'),
          isTask
            ? detail('Due date', text(fields.ActivityDate), 'ActivityDate')
            : detail('Start', format.stamp(fields.StartDateTime), 'StartDateTime'),
          isTask
            ? detail('Status', text(fields.Status), 'Status')
            : detail('End', format.stamp(fields.EndDateTime), 'EndDateTime'),
          detail(
            'Name',
            record.attendees.length > 0
              ? record.attendees.flatMap((each, index) => [index > 0 ? ', ' : null, recordLink(each)])
              : recordLink(record.who),
            'WhoId',
          ),
          detail('Related to', recordLink(record.what), 'WhatId'),
          isTask
            ? detail('Priority', text(fields.Priority), 'Priority')
            : detail('Location', text(fields.Location), 'Location'),
          detail('Description', text(fields.Description), 'Description'),
        ),
        system,
      ];
    }
  }
}

/** @param {CrmRecord} record */
function colleagues(record) {
  const title = record.object === 'Account' ? 'Contacts' : `Also at ${record.account?.name ?? ''}`;
  return h(
    'section',
    { class: 'card related' },
    h(
      'header',
      {},
      icon('people', 'contact'),
      h('h2', {}, title, h('span', { class: 'count' }, ` (${record.colleagues.length})`)),
    ),
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['Name', 'Title', 'Department', 'Email', 'Phone', 'City'].map((each) =>
            h('th', { scope: 'col' }, h('span', {}, each)),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        ...record.colleagues.map((each) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, recordLink({ id: each.id, object: 'Contact', name: each.name })),
            ...[each.title, each.department].map((value) => h('td', {}, h('span', { class: 'cut' }, value ?? ''))),
            h('td', {}, h('span', { class: 'cut' }, mail(each.email))),
            h('td', {}, h('span', { class: 'cut' }, phone(each.phone))),
            h('td', {}, h('span', { class: 'cut' }, each.city ?? '')),
          ),
        ),
      ),
    ),
  );
}

/**
 * @param {Session} session
 * @param {CrmRecord} record
 * @param {() => void} again
 */
export function recordPage(session, record, again) {
  const withActivity = record.object === 'Contact' || record.object === 'Account';
  const composer = withActivity ? eventComposer(session, record, again) : undefined;
  const dialog = record.object === 'Contact' ? editDialog(record, again) : undefined;
  const glyph = { Contact: 'person', Account: 'building', Event: 'calendar', Task: 'check' }[record.object] ?? 'person';
  const edit = () => dialog?.showModal();
  const newEvent = () => composer?.open();

  const page = h(
    'div',
    { class: 'record', 'data-record-id': record.id, 'data-object': record.object },
    h(
      'section',
      { class: 'card head' },
      h(
        'div',
        { class: 'head-row' },
        icon(glyph, record.object.toLowerCase()),
        h(
          'div',
          { class: 'head-name' },
          h('span', { class: 'eyebrow' }, record.object),
          h('h1', { 'data-record-name': true }, h('bdi', {}, record.name || '(no subject)')),
        ),
        h(
          'div',
          { class: 'head-actions' },
          h('button', { type: 'button', class: 'button', ...idle }, icon('plus'), 'Follow'),
          composer &&
            h('button', { type: 'button', class: 'button', 'data-act': 'new-event', click: newEvent }, 'New event'),
          dialog && h('button', { type: 'button', class: 'button', 'data-act': 'edit', click: edit }, 'Edit'),
        ),
      ),
      highlights(record),
    ),
    h(
      'div',
      { class: withActivity ? 'columns' : 'columns single' },
      h(
        'div',
        { class: 'left' },
        h(
          'section',
          { class: 'card' },
          h(
            'div',
            { class: 'card-tabs', role: 'tablist' },
            h('span', { role: 'tab', class: 'active' }, 'Details'),
            h('span', { role: 'tab' }, 'Related'),
            h('span', { role: 'tab' }, 'Files'),
          ),
          ...details(record),
        ),
        withActivity && colleagues(record),
      ),
      withActivity &&
        h(
          'aside',
          { class: 'card activity', 'aria-label': 'Activity' },
          h(
            'header',
            {},
            h('h2', {}, 'Activity'),
            h(
              'button',
              { type: 'button', class: 'ghost', 'data-act': 'refresh', title: 'Refresh', click: again },
              icon('refresh'),
            ),
          ),
          h(
            'div',
            { class: 'quick' },
            h('button', { type: 'button', class: 'button', click: newEvent }, icon('calendar'), 'New event'),
            h('button', { type: 'button', class: 'button', ...idle }, icon('phone'), 'Log a call'),
            h('button', { type: 'button', class: 'button', ...idle }, icon('mail'), 'Email'),
          ),
          composer?.form,
          timeline(record.timeline, record.name, new Date(session.now)),
        ),
    ),
    dialog,
  );
  return { page, edit, newEvent };
}
