/** Codes of Node and its HTTP client that tell what went wrong without saying with whom. */
const codePattern = /^[A-Z][A-Z0-9_]{2,40}$/;

/** Why a connection came to nothing, in words that name no address. */
export function troubleOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'no answer in time';
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = 'code' in cause ? cause.code : undefined;
    if (typeof code === 'string' && codePattern.test(code)) return `no connection (${code})`;
  }
  return 'no connection';
}
