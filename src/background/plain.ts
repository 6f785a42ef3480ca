/**
 * What the browser does not tell of a frame's visibility. Its observer knows of opacity, filters, blending and covers, a
 * tenth of a second late; it does not know of masks and clip paths. So whenever something in a page would save or open,
 * the page's root, the only element around Candor's host, is looked at once more at that moment.
 */
import type { House } from './house.ts';

/** False as well where nobody may look: the popup takes over. */
export const isPlain = (house: House, tab: number): Promise<boolean> => house.platform.plain(tab).catch(() => false);

/** It is sent into the tab alone, so it stands by itself: no import, nothing from outside. It reads styles, never text. */
export const looksPlain = (): boolean => {
  const root = document.documentElement;
  const style = getComputedStyle(root);
  const drawnAsIs =
    style.opacity === '1' &&
    style.visibility === 'visible' &&
    style.mixBlendMode === 'normal' &&
    style.zoom === '1' &&
    style.clip === 'auto' &&
    style.containerType === 'normal' &&
    [
      style.filter,
      style.backdropFilter,
      style.clipPath,
      style.maskImage,
      style.webkitMaskBoxImageSource,
      style.transform,
      style.translate,
      style.rotate,
      style.scale,
      style.perspective,
      style.offsetPath,
      style.contain,
    ].every((value) => value === 'none');
  // The top layer is above everything, and a view that is changing is a picture of it.
  return drawnAsIs && !root.matches(':active-view-transition') && document.querySelector(':modal') === null;
};
