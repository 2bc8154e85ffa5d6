import type { Sent } from './divided-writing.ts';

/** What a server said against a request. */
export interface ServerRefusal {
  status: number;
  message: string;
  /** The header `Retry-After`, if there was one. */
  retryAfter: string | null;
}

/** What to tell an operator, in the words of one version of InfluxDB. */
export interface ServerWords {
  /** Without credentials. */
  url: string;
  forbidden: string;
  missing: string;
  /** Something else answers there. */
  strange: string;
  /** Never to be repeated. */
  secrets: readonly string[];
}

const aboutPoints =
  /(beyond|outside) retention policy|time outside range|value out of range|max key size/i;
const tooOld = /(beyond|outside) retention policy/i;
// What a server repeats of lines that it did not take tells where somebody lives, and how.
const lines = /(?<=\b(?:oldest|newest) point ).+?(?= at \d{4}-)|(?<=\bunable to parse ').*(?=')/gis;

/** What an answer to a write means for the points: refused, or to be written again later. */
export function judge(answer: ServerRefusal, words: ServerWords): Sent {
  const message = cleaned(answer.message, words);
  switch (answer.status) {
    case 400:
    case 413:
    case 422: {
      const dropped = /\bdropped=(\d+)/.exec(answer.message)?.[1];
      return {
        kind: 'refused',
        reason: message === '' ? `The server answers ${answer.status}.` : message,
        isAboutPoints: aboutPoints.test(message),
        isTooOld: tooOld.test(message),
        dropped: dropped === undefined ? null : Number(dropped),
      };
    }
    default:
      return { kind: 'later', reason: explain(answer, words), afterMs: waitOf(answer) };
  }
}

/** Why nothing comes of it now, and what to do about it. */
export function explain(answer: ServerRefusal, words: ServerWords): string {
  const message = cleaned(answer.message, words);
  const said = message === '' ? '' : ` It says: ${message}`;
  switch (answer.status) {
    case 401:
    case 403:
      return `${words.forbidden}${said}`;
    case 404:
      return `${words.missing}${said}`;
    case 429:
      return `InfluxDB at ${words.url} asks us to wait.${said}`;
    default:
      return `InfluxDB at ${words.url} answers ${answer.status}.${said}`;
  }
}

/** Why there was no answer at all. */
export function explainSilence(error: unknown, words: ServerWords): string {
  const why = error instanceof Error ? error.message : String(error);
  return `InfluxDB at ${words.url} cannot be reached: ${cleaned(why, words)}`;
}

/** Where it is, without user and password. */
export function addressOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.replace(/\/+$/, '')}`;
}

function waitOf({ retryAfter }: ServerRefusal): number | null {
  return retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : null;
}

function cleaned(message: string, { secrets }: ServerWords): string {
  return secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '…'), message)
    .replaceAll(lines, '…')
    .trim()
    .slice(0, 300);
}
