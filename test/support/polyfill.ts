/**
 * Stands in for webextension-polyfill in unit tests: the real one throws at import outside an extension.
 * A test that needs a namespace sets it first: `vi.stubGlobal('browser', { runtime: { … } })`.
 */
const browser: object = new Proxy(
  {},
  {
    get(_target, name) {
      const given = (globalThis as { browser?: Record<PropertyKey, unknown> }).browser;
      if (given && name in given) return given[name];
      if (typeof name === 'symbol' || name === 'then') return undefined;
      throw new Error(`This test uses browser.${name}: give it one with vi.stubGlobal('browser', { ${name}: … }).`);
    },
    has: (_target, name) => name in ((globalThis as { browser?: object }).browser ?? {}),
  },
);

export default browser;
