import { format, h, icon, recordLink } from './dom.js';

/** @import { Entry } from './data.d.ts' */

/** @param {Entry} entry */
function when(entry) {
  if (entry.object === 'Task') {
    if (entry.status === 'Completed')
      return entry.due ? `Done, was due ${format.day(`${entry.due}T12:00:00Z`)}` : 'Done';
    return entry.due ? `Due ${format.day(`${entry.due}T12:00:00Z`)}` : 'No due date';
  }
  const minutes = entry.minutes ? ` · ${entry.minutes} min` : '';
  return `${format.day(entry.start)}, ${format.time(entry.start)}${entry.end ? `–${format.time(entry.end)}` : ''}${minutes}`;
}

/** @param {Entry} entry */
function row(entry) {
  const isTask = entry.object === 'Task';
  const people = entry.attendees.flatMap((each, index) => [index > 0 ? ', ' : null, recordLink(each)]);
  return h(
    'li',
    { class: `entry ${isTask ? 'task' : 'event'}`, 'data-activity-id': entry.id, 'data-activity-type': entry.object },
    icon(isTask ? 'check' : 'calendar', isTask ? 'task' : 'event'),
    h(
      'article',
      {},
      h(
        'header',
        {},
        recordLink(
          { id: entry.id, object: entry.object, name: entry.subject ?? '(no subject)' },
          { class: 'entry-subject' },
        ),
        h('time', {}, format.short(entry.start)),
      ),
      h('p', { class: 'entry-when' }, when(entry)),
      h(
        'dl',
        { class: 'entry-facts' },
        h(
          'div',
          {},
          h('dt', {}, icon('people')),
          h(
            'dd',
            { 'data-fact': 'attendees' },
            people.length > 0 ? people : h('span', { class: 'none' }, 'Nobody named'),
          ),
        ),
        entry.account &&
          h('div', {}, h('dt', {}, icon('building')), h('dd', { 'data-fact': 'account' }, recordLink(entry.account))),
        entry.location && h('div', {}, h('dt', {}, icon('pin')), h('dd', { 'data-fact': 'location' }, entry.location)),
      ),
      entry.description && h('p', { class: 'entry-note', 'data-fact': 'description' }, entry.description),
      h(
        'p',
        { class: 'entry-by' },
        `${entry.owner?.name ?? ''} · saved ${format.stamp(entry.created)}`,
        entry.modified !== entry.created && `, changed ${format.stamp(entry.modified)}`,
      ),
    ),
  );
}

/**
 * What the server knows of this record's events and tasks.
 * @param {Entry[]} entries
 * @param {string} name
 * @param {Date} now
 */
export function timeline(entries, name, now) {
  if (entries.length === 0) {
    return h(
      'div',
      { class: 'empty' },
      icon('calendar'),
      h('p', {}, h('b', {}, 'No activity yet')),
      h('p', {}, 'Meetings, calls and tasks with ', h('bdi', {}, name), ' will appear here.'),
    );
  }
  const open = entries.filter((each) =>
    each.object === 'Task' ? each.status !== 'Completed' : new Date(each.start.replace('+0000', 'Z')) > now,
  );
  const past = entries.filter((each) => !open.includes(each));
  /** @type {Map<string, Entry[]>} */
  const groups = new Map();
  if (open.length > 0) groups.set('Upcoming and open', [...open].reverse());
  for (const each of past) {
    const key = format.month(each.start);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return h(
    'div',
    { class: 'timeline' },
    ...[...groups].map(([title, rows]) =>
      h('section', { class: 'timeline-group' }, h('h3', {}, icon('chevron'), title), h('ol', {}, ...rows.map(row))),
    ),
  );
}
