/** A refusal: the reason is in a header, the body is often empty. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly body?: unknown,
  ) {
    super(reason);
  }
}
