import type { Dictionary } from '../text/sv.ts';
import { ApiError, noAnswer } from './api-error.ts';

/** What to tell the reader about something that went wrong: the gateway's own words where it has any. */
export function explain(error: unknown, words: Dictionary): string {
  if (!(error instanceof ApiError)) return words.failed;
  if (error.status === 403) return words.forbidden;
  if (error.status === 404) return words.gone;
  if (error.detail !== null) return words.fromGateway(error.detail);
  return error.status === noAnswer ? words.networkProblem : `${words.failed} (${error.status})`;
}
