/** An address as a QR code (ISO/IEC 18004), drawn as one path: dark on white in every colour scheme, or cameras miss it. */
import type { JSX } from 'preact';
import { encode } from 'uqr';

/** Modules of light around the code; readers need four. */
const QUIET = 4;

/** One `h` for each run of dark modules. */
const pathOf = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) => {
      const runs: string[] = [];
      for (let x = 0; x < row.length; x += 1) {
        if (!row[x]) continue;
        let end = x;
        while (row[end]) end += 1;
        runs.push(`M${x} ${y}h${end - x}v1H${x}z`);
        x = end;
      }
      return runs;
    })
    .join('');

export const QrCode = ({ text, label }: { text: string; label: string }): JSX.Element => {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET });
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={pathOf(data)} fill="#000" />
    </svg>
  );
};
