import { api, h } from './dom.js';
import { closeDrawer, listView, openDrawer, recordView } from './views.js';

/**
 * The fragment is the whole route: links are plain anchors, so every move fires popstate and hashchange, and nothing
 * calls pushState. The old page stays until the next one is read, as in the original; then everything in #main is new.
 */

const main = /** @type {HTMLElement} */ (document.getElementById('main'));
const label = document.body.dataset.label ?? '';
let visit = 0;

const route = () => {
  const [scope = 'Contact', action = 'list', id = ''] = location.hash.slice(1).split('/');
  return { scope: scope || 'Contact', action, id };
};

async function show() {
  visit += 1;
  const mine = visit;
  const { scope, action, id } = route();
  closeDrawer();
  main.setAttribute('aria-busy', 'true');
  try {
    // Half a second at least, as the real pages take.
    const [view] = await Promise.all([
      action === 'view' ? recordView(scope, id, openDrawer) : listView(scope === 'Account' ? 'Account' : 'Contact'),
      new Promise((resolve) => setTimeout(resolve, action === 'view' ? 500 : 0)),
    ]);
    if (mine !== visit) return;
    main.replaceChildren(...view.nodes);
    document.title = view.title;
  } catch (error) {
    if (mine !== visit) return;
    main.replaceChildren(h('p', { class: 'alert' }, error instanceof Error ? error.message : 'Something went wrong.'));
    document.title = label;
  }
  main.removeAttribute('aria-busy');
}

addEventListener('hashchange', () => void show());

/** The page's own keys, heard first; what it writes down shows what an overlay lets through. @type {string[]} */
const seen = [];
Object.assign(window, { __seenKeys: seen });
addEventListener(
  'keydown',
  (event) => {
    seen.push(event.key);
    if (event.key === 'Escape') closeDrawer();
    if (!event.ctrlKey) return;
    const button = /** @type {HTMLElement | null} */ (main.querySelector('[data-action=edit]'));
    const taken = ['Enter', 's', ' ', 'ArrowLeft', 'ArrowRight', ',', '.', '/', '\\'];
    if (!taken.includes(event.key)) return;
    event.preventDefault();
    if (event.key === ' ') button?.setAttribute('data-pressed', 'true');
  },
  true,
);

const header = /** @type {HTMLElement} */ (document.getElementById('header'));
header.append(
  h(
    'nav',
    { class: 'navbar', 'aria-label': 'Main' },
    h('a', { class: 'navbar-brand', href: '#Contact' }, label),
    h(
      'ul',
      {},
      ['Account', 'Contact'].map((scope) => h('li', {}, h('a', { href: `#${scope}` }, `${scope}s`))),
    ),
    h('span', { class: 'user' }),
  ),
);
void api('App/user').then(({ user }) => header.querySelector('.user')?.append(user.name));
void show();
