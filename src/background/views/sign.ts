/**
 * The sign on the badge: one box made of its borders, an hour-glass, a check, a bar, a stop or a dotted ring, because
 * colour is never the only sign. Each colour stands 3 : 1 from light and dark alike. It goes to the badge with its words:
 * the script in the page is kept small.
 */
import type { BadgeView } from '../../contract.ts';

const HOUR_GLASS = 'border-color:#a70 #0000';
const DOTTED_RING = 'border:2px dotted #777;padding:4px;border-radius:8px';

export const SIGNS: Readonly<Record<BadgeView['flag'], string>> = {
  told: 'border-color:#284;border-width:0 2px 2px 0;padding:4px 2px;rotate:45deg',
  overdue: 'border-color:#d43 #0000;border-width:6px 2px',
  objected: 'border-color:#85c',
  due: HOUR_GLASS,
  backlog: HOUR_GLASS,
  not_told: DOTTED_RING,
  unread: DOTTED_RING,
};
