/** How often each fault struck, and how often work was under way then: what strikes nothing proves nothing. */
export interface Landing {
  readonly fired: number;
  readonly landed: number;
}
export type Landings = Record<string, Landing>;

export const addLandings = (to: Landings, given: Iterable<readonly [string, Landing]>): void => {
  for (const [fault, { fired, landed }] of given) {
    const before = to[fault] ?? { fired: 0, landed: 0 };
    to[fault] = { fired: before.fired + fired, landed: before.landed + landed };
  }
};
