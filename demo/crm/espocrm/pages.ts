/** The pages: one document, whose fragment is the whole route. They read the API with the cookie, as the real ones do. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Reply } from '../core/requests.ts';

const ASSETS: Record<string, readonly [file: string, type: string]> = {
  '/client/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/client/dom.js': ['dom.js', 'text/javascript; charset=utf-8'],
  '/client/views.js': ['views.js', 'text/javascript; charset=utf-8'],
  '/client/app.css': ['app.css', 'text/css; charset=utf-8'],
};

const file = (name: string): string => readFileSync(new URL(`./pages/${name}`, import.meta.url), 'utf8');

/** As observed: scripts of its own and of a map service, evaluation allowed; nothing said of styles and connections. */
export const policy = (nonce: string): string =>
  `script-src 'self' 'nonce-${nonce}' 'unsafe-eval' https://maps.googleapis.com; form-action 'self'; frame-ancestors 'self'`;

export const servePage = (path: string, token: string, label: string): Reply => {
  const asset = ASSETS[path];
  if (asset)
    return { status: 200, headers: { 'Content-Type': asset[1], 'Cache-Control': 'no-cache' }, body: file(asset[0]) };
  if (path !== '/') return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'Not found' };
  const nonce = randomBytes(12).toString('base64');
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(nonce),
      'Set-Cookie': `auth-token=${token}; Path=/; SameSite=Lax`,
    },
    body: file('index.html').replaceAll('{label}', label.replace(/[<>&"]/g, '')),
  };
};
