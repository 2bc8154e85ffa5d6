import type { Point } from '../domain/series/point.ts';
import type { Refusal, Writing } from '../domain/series/sink.ts';

/** What came of sending points in one request. */
export type Sent =
  | { kind: 'written' }
  | { kind: 'later'; reason: string; afterMs: number | null }
  /** The server takes some or none of them. */
  | {
      kind: 'refused';
      reason: string;
      /** Whether it says that the points themselves are at fault, as when they are too old for it. */
      isAboutPoints: boolean;
      /** Whether it says that they are older than it keeps. */
      isTooOld?: boolean;
      /** How many it says that it left out, if it does. */
      dropped: number | null;
    };

interface Dividing {
  send: (points: readonly Point[]) => Promise<Sent>;
  /** Why this point is never to be sent, or null. */
  faultOf: (point: Point) => string | null;
  /** How many are sent in a request at the most. */
  chunk?: number;
}

// A server that refuses more than these and takes nothing has something against us, not against them.
const few = 10;

interface Attempt {
  refused: Refusal[];
  isAnyTaken: boolean;
  /** What it has had and has let go since is not refused. */
  isAnew: boolean;
  /** How many were refused for a reason that may lie with the server. */
  doubtful: number;
  isProbed: boolean;
}

/** Writes points so that one that is refused keeps no other out: what is refused is halved until it stands alone. */
export function createDividedWriter({ send, faultOf, chunk = 5_000 }: Dividing) {
  let turn = 0;

  async function write(points: readonly Point[], isAnew = false): Promise<Writing> {
    const { sendable, refused } = sorted(points, faultOf);
    const attempt: Attempt = { refused, isAnyTaken: false, isAnew, doubtful: 0, isProbed: false };
    const waiting = chunksOf(sendable, chunk).toReversed();
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const sent = await send(next);
      if (sent.kind === 'later') return sent;
      if (sent.kind === 'written') attempt.isAnyTaken = true;
      else if (isWhole(next, sent)) refuse(attempt, next, sent);
      else waiting.push(...halvesOf(next).toReversed());
      if (sent.kind === 'refused' && isSuspicious(attempt)) {
        const stopped = await probe(attempt, waiting.flat(), sent.reason);
        if (stopped !== null) return stopped;
      }
    }
    return { kind: 'written', refused: attempt.refused };
  }

  /** Tries some of the rest one by one, others each time, before it takes a refusal for the server's answer to everything. */
  async function probe(
    attempt: Attempt,
    rest: readonly Point[],
    reason: string,
  ): Promise<Extract<Sent, { kind: 'later' }> | null> {
    attempt.isProbed = true;
    turn += 1;
    for (let index = 0; index < Math.min(few, rest.length); index += 1) {
      const point = rest[(turn + Math.floor((index * rest.length) / few)) % rest.length];
      const sent = point === undefined ? null : await send([point]);
      if (sent?.kind === 'later') return sent;
      if (sent?.kind === 'written') {
        attempt.isAnyTaken = true;
        return null;
      }
    }
    return { kind: 'later', reason: `It refuses everything: ${reason}`, afterMs: null };
  }

  return write;
}

function sorted(points: readonly Point[], faultOf: Dividing['faultOf']) {
  const sendable: Point[] = [];
  const refused: Refusal[] = [];
  for (const point of points) {
    const reason = faultOf(point);
    if (reason === null) sendable.push(point);
    else refused.push({ point, reason });
  }
  return { sendable, refused };
}

/** Whether every one of them is refused, as far as the server tells. */
function isWhole(points: readonly Point[], sent: Extract<Sent, { kind: 'refused' }>): boolean {
  return points.length === 1 || (sent.isAboutPoints && sent.dropped === points.length);
}

function refuse(
  attempt: Attempt,
  points: readonly Point[],
  { reason, isAboutPoints, isTooOld = false }: Extract<Sent, { kind: 'refused' }>,
): void {
  if (attempt.isAnew && isTooOld) return;
  attempt.refused.push(...points.map((point) => ({ point, reason })));
  if (!isAboutPoints) attempt.doubtful += points.length;
}

function isSuspicious({ isAnyTaken, isProbed, doubtful }: Attempt): boolean {
  return !isAnyTaken && !isProbed && doubtful > few;
}

function halvesOf(points: readonly Point[]): (readonly Point[])[] {
  const middle = Math.ceil(points.length / 2);
  return [points.slice(0, middle), points.slice(middle)];
}

function chunksOf(points: readonly Point[], size: number): (readonly Point[])[] {
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) =>
    points.slice(index * size, (index + 1) * size),
  );
}
