/** The one drawn set: 16 px grid, 1.5 px stroke, round joins. A sign never stands without its words. */
import type { JSX } from 'preact';

const dot = (x: number, y: number): JSX.Element => <path d={`M${x} ${y}h.01`} stroke-width="2" />;

const DRAWN = {
  // status
  told: <path d="M3 8.6 6.4 12 13 4.6" />,
  due: <path d="M4 2.5h8M4 13.5h8M5.2 2.5v2.3L8 8l2.8-3.2V2.5M5.2 13.5v-2.3L8 8l2.8 3.2v2.3" />,
  overdue: (
    <>
      <path d="M5 2.5v11" stroke-width="2.5" />
      <path d="M8 8h6M11.5 5.5 14 8l-2.5 2.5" />
    </>
  ),
  backlog: (
    <>
      <path d="M4.5 2.75v10.5" stroke-width="2" stroke-dasharray="2 3.2" />
      <path d="M8 4.5h6M8 8h6M8 11.5h6" />
    </>
  ),
  objected: <path d="M5.4 2.2h5.2l3.2 3.2v5.2l-3.2 3.2H5.4l-3.2-3.2V5.4zM5.2 8h5.6" />,
  notTold: <circle cx="8" cy="8" r="5.3" stroke-width="1.7" stroke-dasharray=".1 3.23" />,
  private: (
    <>
      <rect x="3.2" y="7" width="9.6" height="6.6" rx="1.4" />
      <path d="M5.4 7V5.1a2.6 2.6 0 0 1 5.2 0V7" />
    </>
  ),
  withheld: <path d="M3.2 2.4h6.3l3.3 3.3v7.9H3.2zM9.5 2.4v3.3h3.3" />,

  // where a log is
  leaves: <path d="M8 10V2.5M5 5.5l3-3 3 3M2.8 9.5v4h10.4v-4" />,
  saved: <path d="M3.2 3.2h9.6v7H3.2zM1.8 13h12.4" />,
  waiting: (
    <>
      {dot(3.2, 8)}
      {dot(8, 8)}
      {dot(12.8, 8)}
    </>
  ),
  sending: <path d="M2.5 8h9.5M8.5 4.5 12 8l-3.5 3.5" />,
  inCrm: <path d="M8.5 2.8h5v10.4h-5M2.2 8h7M6.6 5.2 9.4 8l-2.8 2.8" />,
  needsYou: (
    <>
      <path d="M8 2.4 14.2 13.2H1.8zM8 6.4v3" />
      {dot(8, 11.3)}
    </>
  ),
  offline: <path d="M4.3 12.6a2.8 2.8 0 0 1 .2-5.6 3.8 3.8 0 0 1 7.2.9 2.4 2.4 0 0 1 0 4.7zM2.2 2.2l11.6 11.6" />,

  // parts of a log
  person: (
    <>
      <circle cx="8" cy="5.2" r="2.7" />
      <path d="M2.8 13.6c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4" />
    </>
  ),
  account: <path d="M3.2 13.5v-11h6v11M9.2 6.5h3.6v7M1.8 13.5h12.4M5.6 5.2h1.2M5.6 8h1.2M5.6 10.8h1.2" />,
  talk: <path d="M2.2 3.2h11.6v7.2H7.4l-3 2.8v-2.8H2.2z" />,
  call: (
    <path d="M3.4 2.4h2.4l1.2 3-1.6 1.1a7.4 7.4 0 0 0 4.1 4.1l1.1-1.6 3 1.2v2.4c0 .6-.5 1-1 1C6.9 13.2 2.8 9.1 2.4 3.4c0-.5.4-1 1-1z" />
  ),
  mail: <path d="M2.2 3.6h11.6v8.8H2.2zM2.4 4l5.6 4.6L13.6 4" />,
  visit: <path d="M8 14s4.6-4.4 4.6-7.6a4.6 4.6 0 0 0-9.2 0C3.4 9.6 8 14 8 14zM8 6.4h.01" />,
  text: <path d="M3 4h10M3 8h10M3 12h6" />,
  calendar: <path d="M2.5 3.8h11v9.7h-11zM2.5 6.8h11M5.4 2.2v2.6M10.6 2.2v2.6" />,
  clock: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  next: <path d="M2.5 3.5v9M5.5 8h7.5M9.8 4.8 13 8l-3.2 3.2" />,

  /** A word given: a seal. */
  promise: <path d="M8 1.9a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM5.6 9.2 4.4 14 8 12.2l3.6 1.8-1.2-4.8" />,
  /** What they care about: an asterisk, as it is typed. */
  matter: <path d="M8 2.6v10.8M3.3 5.3l9.4 5.4M12.7 5.3l-9.4 5.4" />,

  // doing
  side: <path d="M2.2 3h11.6v10H2.2zM9.6 3v10" />,
  dock: <path d="M5.2 4.8 2 8l3.2 3.2M2.4 8h11.2M10.8 4.8 14 8l-3.2 3.2" />,
  close: <path d="M4 4l8 8M12 4l-8 8" />,
  undo: <path d="M5.5 3 2.8 5.8l2.7 2.7M3 5.8h6a3.8 3.8 0 0 1 0 7.6H6" />,
  plus: <path d="M8 3v10M3 8h10" />,
  open: <path d="M9.5 2.6h3.9v3.9M13.2 2.8 7.6 8.4M12.4 9.4v4H2.6V3.6h4" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.4" />
      <path d="M10.3 10.3 13.6 13.6" />
    </>
  ),
  down: <path d="M4 6.2 8 10.2l4-4" />,
  up: <path d="M4 9.8 8 5.8l4 4" />,
  retry: <path d="M13.2 3v3.4H9.8M13 6.2A5.4 5.4 0 1 0 13.4 9" />,
  verify: <path d="M8 1.9 13 4v3.8c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4V4zM5.6 8l1.8 1.8 3.2-3.6" />,
  settings: <path d="M2.5 4.8h6M11.5 4.8h2M2.5 11.2h2M7.5 11.2h6M10 3v3.6M6 9.4V13" />,

  /** The product: an open ledger seen from the side. */
  mark: (
    <>
      <path
        d="M1.6 3.2C4.4 2.2 6.8 3.1 8 5.3c1.2-2.2 3.6-3.1 6.4-2.1v6C11.6 8.3 9.2 9.2 8 11.2 6.8 9.2 4.4 8.3 1.6 9.2z"
        fill="currentColor"
        stroke-width="1"
      />
      <path d="M1.5 12h5L8 13.6 9.5 12h5" />
    </>
  ),
} as const;

export type SignName = keyof typeof DRAWN;

/** A sign beside its words: hidden from screen readers, which hear the words. */
export const Sign = ({ name, size = 16 }: { name: SignName; size?: number }): JSX.Element => (
  <svg
    class="sign"
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {DRAWN[name]}
  </svg>
);
