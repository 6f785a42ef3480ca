import { call, h } from './dom.js';
import { buildFrame } from './frame.js';
import { listPage } from './list.js';
import { recordPage } from './record.js';

/** @import { Session } from './data.d.ts' */

/** One page for ever: every move inside the app is pushState (or the fragment, under one.app), as in the original. */

window.__seenKeys = [];

/** @type {{ edit?: () => void, newEvent?: () => void }} */
let commands = {};
let visit = 0;

/** @typedef {{ kind: 'record', id: string } | { kind: 'list', object: string }} Route */

/** @returns {Route} */
function route() {
  if (location.pathname === '/one/one.app') {
    const id = /^#\/sObject\/([A-Za-z0-9]{15,18})\/view/.exec(location.hash)?.[1];
    return id ? { kind: 'record', id } : { kind: 'list', object: 'Contact' };
  }
  const id = /^\/lightning\/r\/(?:\w+\/)?([A-Za-z0-9]{15,18})\/view/.exec(location.pathname)?.[1];
  if (id) return { kind: 'record', id };
  return { kind: 'list', object: /^\/lightning\/o\/(\w+)/.exec(location.pathname)?.[1] ?? 'Contact' };
}

/** @param {string} path */
function go(path) {
  const id = /^\/lightning\/r\/\w+\/(\w+)\/view/.exec(path)?.[1];
  if (location.pathname === '/one/one.app' && id) {
    location.hash = `#/sObject/${id}/view`;
    return;
  }
  history.pushState({}, '', path);
  void show();
}

/** @type {Session} */
const session = await call('/ui/session');
const { frame, main, mark, focusSearch } = buildFrame(session, go);
document.getElementById('app')?.replaceChildren(frame);

function skeleton() {
  const bars = Array.from({ length: 9 }, (_, index) => h('div', { class: `bar bar-${index % 3}` }));
  return h(
    'div',
    { class: 'record waiting', 'aria-busy': 'true' },
    h('section', { class: 'card head' }, ...bars.slice(0, 3)),
    h('section', { class: 'card' }, ...bars.slice(3)),
  );
}

/** @param {boolean} [quiet] Keeps what is on screen until the new answer is here. */
async function show(quiet = false) {
  visit += 1;
  const mine = visit;
  const to = route();
  commands = {};
  if (!quiet) {
    main.replaceChildren(skeleton());
    window.scrollTo(0, 0);
  }
  try {
    if (to.kind === 'list') {
      const list = await call(`/ui/list?object=${to.object}`);
      if (mine !== visit) return;
      main.replaceChildren(listPage(list));
      mark(to.object);
      document.title = `All ${to.object.toLowerCase()}s | ${to.object}s | ${session.org}`;
      return;
    }
    const record = await call(`/ui/record?id=${to.id}`);
    if (mine !== visit) return;
    const { page, edit, newEvent } = recordPage(session, record, () => void show(true));
    main.replaceChildren(page);
    commands = { edit, newEvent };
    mark(record.object);
    document.title = `${record.name} | ${record.object} | ${session.org}`;
  } catch (error) {
    if (mine !== visit) return;
    main.replaceChildren(
      h(
        'div',
        { class: 'record' },
        h(
          'section',
          { class: 'card problem-card' },
          h('h1', {}, 'This page is not here'),
          h('p', {}, error instanceof Error ? error.message : String(error)),
        ),
      ),
    );
    document.title = `Not found | ${session.org}`;
  }
}

addEventListener('popstate', () => void show());
addEventListener('hashchange', () => {
  if (location.pathname === '/one/one.app') void show();
});

// The page hears every key first, as a busy CRM does; what it writes down shows what an overlay lets through.
addEventListener(
  'keydown',
  (event) => {
    window.__seenKeys.push(event.key);
    const target = /** @type {Element | null} */ (event.target);
    const typing =
      target?.closest?.('input, textarea, select, [contenteditable], dialog') !== null && target?.closest !== undefined;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      focusSearch();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/') {
      event.preventDefault();
      focusSearch();
    } else if (event.key === 'e') {
      event.preventDefault();
      commands.edit?.();
    } else if (event.key === 'n') {
      event.preventDefault();
      commands.newEvent?.();
    }
  },
  true,
);

void show();
