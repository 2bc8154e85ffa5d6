/** Why a request was refused; `detail` is the gateway's own words, and may be shown. */
export class ApiError extends Error {
  readonly status: number;
  readonly detail: string | null;

  constructor(status: number, detail: string | null, options?: ErrorOptions) {
    super(detail ?? `HTTP ${status}`, options);
    this.name = 'ApiError';
    this.status = status;
    this.detail = detail;
  }
}

/** The status of a request that got no answer at all, and of an answer that could not be read. */
export const noAnswer = 0;
export const unreadable = -1;

/** Whether it is no longer there, or no longer the reader's to see: what was shown of it must not stay. */
export function isGone(problem: unknown): boolean {
  return problem instanceof ApiError && (problem.status === 404 || problem.status === 403);
}
