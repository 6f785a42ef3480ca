/** How often each fault struck, and how often work was under way then: what strikes nothing proves nothing. */
export interface Landing {
  readonly fired: number;
  readonly landed: number;
}
export type Landings = Record<string, Landing>;

/** Faults that never struck while work was under way. */
export const idleFaults = (landed: Readonly<Landings>): string[] =>
  Object.keys(landed).filter((fault) => landed[fault]?.landed === 0);

export const addLandings = (to: Landings, given: Iterable<readonly [string, Landing]>): void => {
  for (const [fault, { fired, landed }] of given) {
    const before = to[fault] ?? { fired: 0, landed: 0 };
    to[fault] = { fired: before.fired + fired, landed: before.landed + landed };
  }
};
