import type { Dictionary } from '../text/sv.ts';
import { ApiError, noAnswer, unreadable } from './api-error.ts';

/** Of what is not there, that of which the gateway says what to do. */
const mendable = /^The hub has found no such device:/;

/** What to tell the reader about something that went wrong: the gateway's own words where it has any. */
export function explain(error: unknown, words: Dictionary): string {
  if (!(error instanceof ApiError)) return words.failed;
  const { status, detail } = error;
  if (status === 403) return words.forbidden;
  if (status === 404 && !mendable.test(detail ?? '')) return words.gone;
  if (detail !== null) return words.fromGateway(detail);
  if (status === unreadable) return words.unreadable;
  return status === noAnswer ? words.networkProblem : `${words.failed} (${status})`;
}
