/** Chance from a seed, one stream per actor: a call added in one actor shifts nobody else's. */
const mixed = (text: string): number => {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  return hash >>> 0;
};

export class Chance {
  private state: number;

  constructor(seed: number, actor: string) {
    this.state = mixed(`${seed}/${actor}`);
  }

  /** Uniform in [0, 1) (mulberry32). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `low` to `high`, both included. */
  from(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  flip(likely = 0.5): boolean {
    return this.next() < likely;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** Some of a list, in its order. */
  some<T>(list: readonly T[], most: number): T[] {
    const left = [...list];
    const taken = new Set<T>();
    for (let count = this.from(0, most); count > 0 && left.length > 0; count -= 1) {
      taken.add(left.splice(Math.floor(this.next() * left.length), 1)[0] as T);
    }
    return list.filter((each) => taken.has(each));
  }

  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.next() * 0x1_0000_0000)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
}
