/** @typedef {Node | string | number | null | undefined | false | Child[]} Child */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | ((event: any) => void)>} [props]
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else element.setAttribute(name, value);
  }
  element.append(...flat(children));
  return element;
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
const flat = (children) =>
  children.flatMap((child) =>
    Array.isArray(child)
      ? flat(child)
      : child === null || child === undefined || child === false
        ? []
        : [child instanceof Node ? child : String(child)],
  );

/**
 * The API, with the cookie of the page, as the real pages read it.
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function api(path) {
  const answer = await fetch(`api/v1/${path}`, { credentials: 'same-origin' });
  if (!answer.ok) throw new Error(answer.headers.get('X-Status-Reason') || `HTTP ${answer.status}`);
  return answer.json();
}

const when = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
/** UTC without a sign of it. @param {string | null} text */
export const time = (text) => (text ? when.format(new Date(`${text.replace(' ', 'T')}Z`)) : '');
