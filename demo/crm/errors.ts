export interface ErrorItem {
  readonly message: string;
  readonly errorCode: string;
  readonly fields?: readonly string[];
}

/** What the REST door answers when it refuses: a status and the array body that Salesforce uses. */
export class ApiError extends Error {
  readonly status: number;
  readonly items: readonly ErrorItem[];

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(`${errorCode}: ${message}`);
    this.status = status;
    this.items = [fields === undefined ? { message, errorCode } : { message, errorCode, fields }];
  }

  get first(): ErrorItem {
    return this.items[0] as ErrorItem;
  }
}

export const notFound = (message = 'The requested resource does not exist') => new ApiError(404, 'NOT_FOUND', message);
export const malformedQuery = (message: string) => new ApiError(400, 'MALFORMED_QUERY', message);
export const invalidField = (message: string) => new ApiError(400, 'INVALID_FIELD', message);
