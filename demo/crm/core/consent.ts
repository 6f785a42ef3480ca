import { createHash, timingSafeEqual } from 'node:crypto';
import type { Reply } from './requests.ts';

/** What the sign-ins of the demo CRMs share: the page that asks, where it may lead back to, and the proof of PKCE. */

export function redirectAllowed(uri: string): boolean {
  let url: URL;
  try {
    url = new URL(uri);
  } catch {
    return false;
  }
  const loopback = url.hostname === 'localhost' || url.hostname === '127.0.0.1';
  return (
    url.protocol === 'https:' || url.protocol === 'chrome-extension:' || url.protocol === 'moz-extension:' || loopback
  );
}

export function withParams(uri: string, params: Record<string, string | undefined>): string {
  const url = new URL(uri);
  for (const [name, value] of Object.entries(params)) if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** RFC 7636, S256. */
export function verifies(verifier: string, challenge: string): boolean {
  const made = createHash('sha256').update(verifier).digest('base64url');
  return made.length === challenge.length && timingSafeEqual(Buffer.from(made), Buffer.from(challenge));
}

export interface Consent {
  /** Where Allow and Deny are posted: path on the page's own host. */
  readonly action: string;
  readonly params: URLSearchParams;
  readonly redirectUri: string;
  readonly user: string;
  readonly asks: readonly string[];
}

export function consentPage({ action, params, redirectUri, user, asks }: Consent): Reply {
  const target = new URL(redirectUri);
  const hidden = [...params]
    .filter(([key]) => key !== 'decision')
    .map(([key, value]) => `<input type="hidden" name="${escapeHtml(key)}" value="${escapeHtml(value)}">`)
    .join('');
  const place = target.protocol === 'https:' || target.protocol === 'http:' ? target.origin : `${target.protocol}`;
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      // A form's redirect counts as its target, so the app's own address is allowed too.
      'Content-Security-Policy': `default-src 'none'; style-src 'self'; form-action 'self' ${place}; base-uri 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Allow access?</title><link rel="stylesheet" href="/assets/app.css"></head>
<body class="consent"><main class="consent-card"><p class="consent-brand">Demo CRM</p><h1>Allow access?</h1>
<p>The app <b>${escapeHtml(params.get('client_id') ?? '')}</b> asks to:</p><ul>${asks.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul>
<p class="consent-who">Signed in as <b>${escapeHtml(user)}</b></p>
<form method="post" action="${escapeHtml(action)}">${hidden}
<button name="decision" value="deny" class="button">Deny</button> <button name="decision" value="allow" class="button primary" autofocus>Allow</button></form></main></body></html>`,
  };
}
