/** What the API answers when it refuses: a status, a code in hexadecimal, a sentence. */
export class ServiceError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  get body(): string {
    return JSON.stringify({ error: { code: this.code, message: this.message } });
  }
}

export const doesNotExist = (table: string, id: string) =>
  new ServiceError(404, '0x80040217', `${table} With Id = ${id} Does Not Exist`);
export const exists = (code: string) =>
  new ServiceError(412, code, 'A record with matching key values already exists.');
export const otherVersion = () =>
  new ServiceError(
    412,
    '0x80060882',
    "The version of the existing record doesn't match the RowVersion property provided.",
  );
export const twinFound = () =>
  new ServiceError(
    412,
    '0x80040333',
    'A record was not created or updated because a duplicate of the current record already exists.',
  );
export const badRequest = (message: string, code = '0x0') => new ServiceError(400, code, message);
export const badPayload = (set: string, message: string) =>
  badRequest(
    `Error identified in Payload provided by the user for Entity :'${set}', InnerException : Microsoft.OData.ODataException: ${message}`,
    '0x80048d19',
  );
export const noSegment = (name: string) =>
  new ServiceError(404, '0x8006088a', `Resource not found for the segment '${name}'.`);
export const noPrivilege = (privilege: string, user: string) =>
  new ServiceError(
    403,
    '0x80040220',
    `Principal user (Id=${user}, type=8) is missing ${privilege} privilege on OTC=1 for entity in context business unit.`,
  );

const PROTECTION = {
  requests: ['0x80072322', 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.'],
  time: [
    '0x80072321',
    'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  ],
  concurrency: ['0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
} as const;
export type Protection = keyof typeof PROTECTION;
export const protectionBody = (kind: Protection): unknown => ({
  error: { code: PROTECTION[kind][0], message: PROTECTION[kind][1] },
});
