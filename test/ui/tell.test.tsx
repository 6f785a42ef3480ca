// @vitest-environment happy-dom
/** Telling across a table: the code of a link says the link, and a sentence comes before the words that are recorded. */

import { encode } from 'uqr';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { NoticeDraft } from '../../src/contract.ts';
import { Tell } from '../../src/dashboard/contact/tell.tsx';
import { QrCode } from '../../src/ui/qr-code.tsx';
import { when } from './hands.ts';
import { click, draw, pass, sayIn } from './stage.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const LINK = 'https://www.example.com/privacy/business-contacts';

/** The modules that a path covers, read back from it. */
const darkIn = (path: string, size: number): boolean[][] => {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/gu))
    for (let at = 0; at < Number(run); at += 1) (rows[Number(y)] as boolean[])[Number(x) + at] = true;
  return rows;
};

it('draws exactly the modules of the code, with four of light around it', async () => {
  const root = await draw(<QrCode text={LINK} label="code" />);
  const { data, size } = encode(LINK, { ecc: 'M', border: 4 });
  expect(root.querySelector('svg')?.getAttribute('viewBox')).toBe(`0 0 ${size} ${size}`);
  expect(darkIn(root.querySelector('path')?.getAttribute('d') ?? '', size)).toEqual(data);
  expect(data.slice(0, 4).flat()).not.toContain(true);
});

it('is dark on white whatever the colours of the page, and has a name', async () => {
  const root = await draw(<QrCode text={LINK} label="QR code of the notice" />);
  expect(root.querySelector('rect')?.getAttribute('fill')).toBe('#fff');
  expect(root.querySelector('path')?.getAttribute('fill')).toBe('#000');
  expect(root.querySelector('svg')?.getAttribute('aria-label')).toBe('QR code of the notice');
});

const draft: NoticeDraft = {
  contact: 'k',
  noticeId: 'n',
  version: '2',
  kind: 'indirect',
  language: 'en',
  route: 'link',
  subject: 'How we keep your data',
  body: 'Dear Li, …',
  to: null,
  textHash: '0'.repeat(64),
};
const tellBy = async (route: string, over: Partial<NoticeDraft>) => {
  const onPrepare = vi.fn(async () => ({ ...draft, ...over }));
  const root = await draw(
    <Tell
      say={sayIn('en')}
      when={when}
      contact="k"
      name="Li Wei"
      pending={null}
      onPrepare={onPrepare}
      onAttempt={vi.fn()}
      onConfirm={vi.fn()}
      onFailed={vi.fn()}
      onCopy={vi.fn()}
      onClose={vi.fn()}
    />,
  );
  await click(root.querySelector(`input[value=${route}]`) as HTMLElement);
  await pass(0);
  return { root, onPrepare };
};

it('telling by link shows the page of the notice as an address and as a code', async () => {
  const { root } = await tellBy('link', { link: LINK });
  expect(root.querySelector('.show a')?.getAttribute('href')).toBe(LINK);
  expect(root.querySelector('.show svg')?.getAttribute('aria-label')).toBe(`QR code of ${LINK}`);
});

it('telling by link without a page says where to set one, and shows no code', async () => {
  const { root } = await tellBy('link', { link: null });
  expect(root.textContent).toContain('No page is set where the notice can be read');
  expect(root.querySelector('.qr')).toBeNull();
});

it('telling in person gives the sentence to say before the words that are recorded', async () => {
  const { root } = await tellBy('spoken', { route: 'spoken', spoken: 'I keep a note of what we talk about.' });
  const text = root.textContent ?? '';
  expect(text.indexOf('I keep a note')).toBeGreaterThan(0);
  expect(text.indexOf('I keep a note')).toBeLessThan(text.indexOf('Dear Li'));
});

it('a notice is offered in every language that it has', async () => {
  const { root } = await tellBy('mail', { route: 'mail' });
  expect([...root.querySelectorAll('.language option')].map(({ textContent }) => textContent)).toEqual([
    'English',
    'German',
  ]);
});
