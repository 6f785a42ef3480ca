// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseSide } from '../../src/background/dock.ts';
import { lookForRoom } from '../../src/background/room.ts';

const free = { controls: 0, taken: false };

describe('the side of the page', () => {
  it.each([
    ['the wanted one, where nobody may look', 'right', null, 'right'],
    ['the wanted one, where both are free', 'left', { left: free, right: free }, 'left'],
    [
      'the other, where the wanted one would cover a button',
      'right',
      { left: free, right: { ...free, controls: 1 } },
      'left',
    ],
    [
      'the other, where a drawer stands',
      'right',
      { left: { ...free, controls: 3 }, right: { ...free, taken: true } },
      'left',
    ],
    [
      'the wanted one, where the other is no better',
      'right',
      { left: { ...free, controls: 2 }, right: { ...free, controls: 2 } },
      'right',
    ],
  ] as const)('is %s', (_what, wanted, room, side) => {
    expect(chooseSide(wanted, room)).toBe(side);
  });
});

describe('what stands there', () => {
  const put = (html: string, box: [left: number, top: number, width: number, height: number]): void => {
    document.body.innerHTML += html;
    const boxes = vi.spyOn(Element.prototype, 'getBoundingClientRect');
    boxes.mockReturnValue(new DOMRect(...box));
  };
  beforeEach(() => {
    document.body.innerHTML = '';
    vi.restoreAllMocks();
    Object.assign(globalThis, { innerWidth: 1280, innerHeight: 800 });
  });

  it('nothing, in an empty page', () => {
    expect(lookForRoom()).toEqual({ left: free, right: free });
  });

  it('the Save of a form at the lower right', () => {
    put('<form><button>Save</button></form>', [1100, 700, 80, 32]);
    expect(lookForRoom()).toEqual({ left: free, right: { controls: 1, taken: false } });
  });

  it('not a button above the place, nor one that belongs to no form', () => {
    put('<form><button>Save</button></form><button>Menu</button>', [1100, 100, 80, 32]);
    expect(lookForRoom().right).toEqual(free);
  });

  it('a drawer over most of the right', () => {
    put('<aside></aside>', [860, 0, 420, 800]);
    expect(lookForRoom()).toEqual({ left: free, right: { controls: 0, taken: true } });
  });
});
