// @vitest-environment happy-dom
/** The code of a link says the link, and looks the same in light and dark. */

import { encode } from 'uqr';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QrCode } from '../../src/ui/qr-code.tsx';
import { draw } from './stage.tsx';

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
