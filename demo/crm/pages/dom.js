/** @import { Child } from './data.d.ts' */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean | ((event: any) => void)>} [props]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false) element.setAttribute(name, value);
  }
  append(element, children);
  return element;
}

/**
 * @param {Element} parent
 * @param {Child[]} children
 */
export function append(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(parent, child);
    else if (child !== null && child !== undefined && child !== false)
      parent.append(child instanceof Node ? child : String(child));
  }
}

/** @type {Record<string, string>} */
const PATHS = {
  person: 'M8 8.2a2.7 2.7 0 1 0 0-5.4 2.7 2.7 0 0 0 0 5.4ZM2.8 13.6c.5-2.6 2.5-4 5.2-4s4.700 1.400 5.200 4',
  building: 'M3.500 13.500v-10.500h6v10.500M9.500 6.500h3v7M2 13.500h12M5.500 5.500h2M5.500 8h2M5.500 10.500h2',
  calendar: 'M2.500 4h11v9.500h-11zM2.500 7h11M5.500 2.300v2.500M10.500 2.300v2.500',
  check: 'M2.800 3.300h10.400v10.400H2.800zM5.300 8.400l2 2 3.700-4',
  search: 'M7 11.300a4.300 4.300 0 1 0 0-8.600 4.300 4.300 0 0 0 0 8.600ZM10.300 10.300l3.400 3.400',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.300 1.300H2.700zM6.700 14h2.600',
  help: 'M8 14a6 6 0 1 0 0-12 6 6 0 0 0 0 12ZM6.200 6.300a1.800 1.800 0 1 1 2.600 1.600c-.6.300-.8.700-.8 1.300M8 11.300v.2',
  plus: 'M8 3v10M3 8h10',
  chevron: 'M4.500 6.300 8 9.800l3.500-3.500',
  pencil: 'm3 13 .6-2.700 7.200-7.200 2.100 2.100-7.200 7.200L3 13Z',
  refresh: 'M13 8a5 5 0 1 1-1.500-3.600M13 2.500v2.600h-2.600',
  close: 'm4 4 8 8M12 4l-8 8',
  mail: 'M2.300 4h11.400v8.300H2.300zM2.500 4.300 8 8.800l5.500-4.500',
  phone:
    'M4 2.500h2l1 3-1.300 1a7 7 0 0 0 3.800 3.800l1-1.300 3 1v2c0 .800-.600 1.300-1.300 1.300A9.300 9.300 0 0 1 2.700 3.800c0-.700.500-1.300 1.300-1.300Z',
  pin: 'M8 14s4.500-4.200 4.500-7.500a4.500 4.500 0 0 0-9 0C3.500 9.800 8 14 8 14ZM8 8.200a1.600 1.600 0 1 0 0-3.200 1.600 1.600 0 0 0 0 3.200Z',
  grid: 'M3 3h2v2H3zM7 3h2v2H7zM11 3h2v2h-2zM3 7h2v2H3zM7 7h2v2H7zM11 7h2v2h-2zM3 11h2v2H3zM7 11h2v2H7zM11 11h2v2h-2z',
  people:
    'M6 7.800a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400ZM1.800 12.800c.400-2.200 2-3.300 4.200-3.300s3.800 1.100 4.200 3.300M10.500 3.700a2 2 0 0 1 0 3.900M11.500 9.600c1.500.3 2.400 1.400 2.700 3.200',
};

/**
 * @param {string} name
 * @param {string} [tone]
 */
export function icon(name, tone) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', PATHS[name] ?? '');
  svg.append(path);
  return tone === undefined ? svg : h('span', { class: `tile ${tone}` }, svg);
}

/** @param {{ id: string, object: string }} record */
export const recordPath = (record) => `/lightning/r/${record.object}/${record.id}/view`;

/**
 * A link that the app follows itself.
 * @param {{ id: string, object: string, name: string } | null} record
 * @param {Record<string, string>} [props]
 */
export function recordLink(record, props = {}) {
  if (record === null) return null;
  return h('a', { href: recordPath(record), 'data-inside': true, ...props }, h('bdi', {}, record.name));
}

/**
 * @param {string} path
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function call(path, body) {
  const response = await fetch(path, {
    credentials: 'same-origin',
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? 'Something went wrong.');
  return answer;
}

/** @param {string} text */
export const parseTime = (text) => new Date(text.replace('+0000', 'Z'));

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const short = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const stamp = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric' });

export const format = {
  /** @param {string} text */ time: (text) => time.format(parseTime(text)),
  /** @param {string} text */ day: (text) => day.format(parseTime(text)),
  /** @param {string} text */ short: (text) => short.format(parseTime(text)),
  /** @param {unknown} text */ stamp: (text) => (typeof text === 'string' ? stamp.format(parseTime(text)) : ''),
  /** @param {string} text */ month: (text) => month.format(parseTime(text)),
  /** @param {Date} at */ clock: (at) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at),
};

/** @param {string} text */
export function toast(text) {
  const line = h('div', { class: 'toast', role: 'status' }, icon('check'), text);
  document.body.append(line);
  setTimeout(() => line.remove(), 4000);
}
