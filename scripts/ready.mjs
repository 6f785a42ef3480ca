// Makes a fresh clone ready: dependencies, and with --browser a Chromium. Plain Node, works before node_modules exists.
import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** A browser that can load an unpacked extension, or null. Branded Google Chrome cannot: it ignores --load-extension. */
export function findChromium() {
  const named = process.env.CANDOR_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CANDOR_CHROMIUM says ${named}, and there is no such file.`);
  }
  return candidates().find((path) => existsSync(path)) ?? null;
}

function candidates() {
  const home = homedir();
  if (process.platform === 'darwin') {
    return [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      join(home, 'Applications/Chromium.app/Contents/MacOS/Chromium'),
      ...downloaded(join(home, 'Library/Caches/ms-playwright'), [
        'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
        'chrome-mac-arm64/Chromium.app/Contents/MacOS/Chromium',
      ]),
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ];
  }
  if (process.platform === 'win32') {
    const folders = ['LOCALAPPDATA', 'PROGRAMFILES', 'PROGRAMFILES(X86)'].flatMap((name) => process.env[name] ?? []);
    return [
      ...folders.map((folder) => join(folder, 'Chromium/Application/chrome.exe')),
      ...downloaded(join(process.env.LOCALAPPDATA ?? home, 'ms-playwright'), [
        'chrome-win/chrome.exe',
        'chrome-win64/chrome.exe',
      ]),
      ...folders.map((folder) => join(folder, 'Microsoft/Edge/Application/msedge.exe')),
    ];
  }
  return [
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/snap/bin/chromium',
    ...downloaded(join(home, '.cache/ms-playwright'), ['chrome-linux/chrome', 'chrome-linux64/chrome']),
    '/usr/bin/microsoft-edge',
  ];
}

/**
 * @param {string} folder
 * @param {string[]} programs
 */
function downloaded(folder, programs) {
  if (!existsSync(folder)) return [];
  const builds = readdirSync(folder).filter((name) => /^chromium-\d+$/.test(name));
  builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return builds.flatMap((build) => programs.map((program) => join(folder, build, program)));
}

/** The lock file against what npm says it installed: neither dates nor a stamp can lie about it. */
function dependenciesMatch() {
  // A link leads to somebody else's installation, which `npm ci` would empty.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink()) return true;
  const installedPath = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedPath)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  return Object.keys(wanted).every(
    (path) => path === '' || wanted[path].optional || installed[path]?.version === wanted[path].version,
  );
}

function installDependencies() {
  console.log('Installing what package-lock.json says…');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-fund', '--no-audit'];
  const options = /** @type {const} */ ({ cwd: root, stdio: 'inherit' });
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], options)
    : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) stop('npm ci failed; its own words are above.');
}

function installChromium() {
  const debian = existsSync('/etc/os-release') && /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  if (!debian || process.getuid?.() !== 0) {
    const chrome = ['/usr/bin/google-chrome', '/Applications/Google Chrome.app'].some((path) => existsSync(path));
    stop(
      `${chrome ? 'Google Chrome is here but cannot load an unpacked extension. ' : ''}Install Chromium ` +
        `(on Debian: apt install chromium; anywhere: npx playwright-core install chromium) or set CANDOR_CHROMIUM to one.`,
    );
  }
  console.log('Installing Chromium with apt…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (/** @type {string[]} */ ...args) =>
    spawnSync('apt-get', args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  apt('update');
  const result = apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core', 'fonts-liberation');
  if (result.status !== 0 || !findChromium())
    stop('apt could not install Chromium; install it by hand or set CANDOR_CHROMIUM.');
}

/**
 * @param {string} why
 * @returns {never}
 */
function stop(why) {
  console.error(why);
  process.exit(1);
}

/** @param {{ browser?: boolean }} [wanted] */
export function ready(wanted = {}) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Candor needs Node 20.19 or newer; this is ${process.versions.node}.`);
  if (!dependenciesMatch()) installDependencies();
  if (!wanted.browser) return;
  try {
    if (!findChromium()) installChromium();
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  ready({ browser: process.argv.includes('--browser') });
}
