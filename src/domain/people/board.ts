/** What a search notes about each place of the index, kept between keystrokes so that nothing is allocated for them. */

/** Nearness of everybody who is not near. */
export const FAR = 0xffff;

export class Board {
  /** Nearness of a place: 0 is the page's contact. */
  near = new Uint16Array(0);
  /** The closest fit seen in this search. */
  score = new Uint8Array(0);
  /** In which round a place was seen last. */
  seen = new Uint32Array(0);
  round = 0;

  fit(places: number): void {
    if (this.near.length >= places) return;
    const room = Math.ceil(places * 1.25) + 16;
    this.near = new Uint16Array(room).fill(FAR);
    this.score = new Uint8Array(room);
    this.seen = new Uint32Array(room);
    this.round = 0;
  }
}
