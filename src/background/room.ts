/**
 * Looks in a page for the place where the frame would be. It is sent into the tab alone, once per opening, so it stands
 * by itself: no import, nothing from outside. It reads boxes, never text.
 */
interface Side {
  controls: number;
  taken: boolean;
}

export const lookForRoom = (): { left: Side; right: Side } => {
  const [width, height, gap] = [400, 480, 16];
  const top = Math.max(0, innerHeight - gap - height);
  const bottom = innerHeight - gap;
  const share = (box: DOMRect, left: number): number => {
    const wide = Math.min(box.right, left + width) - Math.max(box.left, left);
    const high = Math.min(box.bottom, bottom) - Math.max(box.top, top);
    return wide > 0 && high > 0 ? (wide * high) / (width * (bottom - top)) : 0;
  };
  const look = (left: number): Side => {
    const over = (selector: string): DOMRect[] =>
      [...document.querySelectorAll(selector)].map((found) => found.getBoundingClientRect());
    const forms = 'form,dialog,footer,[role=dialog],[role=alertdialog]';
    return {
      // What saves and cancels: the buttons of forms, dialogs and foots.
      controls: over(`:is(${forms}) :is(button,input[type=submit],[role=button])`).filter((box) => share(box, left) > 0)
        .length,
      // A drawer or dialog over more than 60 % of the place.
      taken: over('dialog,[role=dialog],[role=alertdialog],aside,[role=complementary]').some(
        (box) => share(box, left) > 0.6,
      ),
    };
  };
  return { left: look(gap), right: look(innerWidth - gap - width) };
};
