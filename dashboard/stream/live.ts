import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { AlertPage } from '../../gateway/protocol/api.ts';
import type { BacktestProgress } from '../../gateway/protocol/rule/backtest.ts';
import { staleAfterMs, type ServerMessage, type Status } from '../../gateway/protocol/stream.ts';
import { ApiError } from '../api/api-error.ts';
import { createGatewayClock, type GatewayClock } from '../clock/gateway-clock.ts';
import { createStopwatch } from '../clock/stopwatch.ts';
import { backoffMs } from './backoff.ts';
import { applyAnswer, applyChanges, emptyBoard, refill, type Board, type Told } from './board.ts';
import { connect, type Connection } from './connection.ts';

/**
 * A change that never came is found by then. A heartbeat's `seq` cannot tell of it: that one counts what other units
 * see too, so a board that lacks nothing is behind it.
 */
const looksAgainWithinMs = 60_000;

/** What the screen can show right now. */
export interface LiveView {
  board: Board;
  /** False until the alerts have been fetched once. */
  isFilled: boolean;
  status: Status | null;
}

export interface LiveOptions {
  url: string;
  fetchAlerts: (signal: AbortSignal) => Promise<AlertPage>;
  onSessionEnded: () => void;
}

/** The board, kept true: fetched, then changed by the stream, and fetched again whenever in doubt. */
export interface Live {
  clock: GatewayClock;
  view: () => LiveView;
  subscribe: (listener: () => void) => () => void;
  /** Tells how far one's own backtests have come; answers how to stop listening. */
  onBacktest: (listener: (progress: BacktestProgress) => void) => () => void;
  answer: (alert: AlertView) => void;
  seen: (alertId: string, key: string) => void;
  /** How long the picture may have been false: silence of the stream, or a fetch that is overdue. */
  doubtMs: () => number;
  /** Tries again at once whatever waits to be tried again. */
  hurry: () => void;
  start: () => void;
  stop: () => void;
}

export function createLive(options: LiveOptions): Live {
  const clock = createGatewayClock(() => Date.now());
  const heard = createStopwatch();
  const wanted = createStopwatch();
  const listeners = new Set<() => void>();
  const backtestListeners = new Set<(progress: BacktestProgress) => void>();
  const receipts = new Map<string, { alertId: string; isSent: boolean }>();
  const stopping = new AbortController();
  let view: LiveView = { board: emptyBoard, isFilled: false, status: null };
  let connection: Connection | null = null;
  // The picture is in doubt while fewer fetches have succeeded than were wanted.
  let wantedFetch = 1;
  let doneFetch = 0;
  // The first fetch to begin after the latest `reset`: until it is done, each page replaces all that was known.
  let resetFetch = 0;
  let isFetching = false;
  let meanwhile: Told[] = [];
  let lookAgain: ReturnType<typeof setTimeout> | undefined;
  let fetchNow = (): void => undefined;

  function show(change: Partial<LiveView>): void {
    view = { ...view, ...change };
    for (const listener of listeners) listener();
  }

  function isInDoubt(): boolean {
    return doneFetch < wantedFetch;
  }

  function wantFetch(): void {
    if (!isInDoubt()) wanted.restart();
    wantedFetch += 1;
    void fetchUntilTrue();
  }

  async function fetchUntilTrue(): Promise<void> {
    if (isFetching) return;
    isFetching = true;
    for (let failures = 0; isInDoubt() && !stopping.signal.aborted;) {
      const attempted = wantedFetch;
      meanwhile = [];
      try {
        take(await options.fetchAlerts(stopping.signal));
        doneFetch = attempted;
        // Only after an outage: a stream that is refused while fetches succeed must not be tried without a pause.
        if (failures > 0) connection?.hurry();
        failures = 0;
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) options.onSessionEnded();
        failures += 1;
        await pauseFetching(backoffMs(failures, Math.random()));
      }
    }
    isFetching = false;
  }

  function pauseFetching(lengthMs: number): Promise<void> {
    return new Promise((resolve) => {
      fetchNow = resolve;
      setTimeout(resolve, lengthMs);
    });
  }

  /** The stream starts from the first picture, so that nothing falls between the two. */
  function take(page: AlertPage): void {
    const known = doneFetch < resetFetch ? emptyBoard : view.board;
    show({ board: refill(known, page, meanwhile), isFilled: true });
    if (stopping.signal.aborted) return;
    clearTimeout(lookAgain);
    lookAgain = setTimeout(wantFetch, looksAgainWithinMs * (0.5 + Math.random() / 2));
    connection ??= connect({
      url: options.url,
      cursor: () => view.board.seq,
      onMessage: hear,
      onGarbage: wantFetch,
      // A fetch is answered 401 where a stream is only refused.
      onRefused: wantFetch,
      onSessionEnded: options.onSessionEnded,
    });
  }

  function sendReceipts(): void {
    for (const receipt of receipts.values()) {
      receipt.isSent ||= sendReceipt(receipt.alertId);
    }
  }

  function sendReceipt(alert: string): boolean {
    return connection?.send({ type: 'seen', alert }) ?? false;
  }

  function hear(message: ServerMessage): void {
    heard.restart();
    switch (message.type) {
      case 'welcome':
        clock.set(message.at);
        show({ status: message.status, board: applyChanges(view.board, [], message.seq) });
        sendReceipts();
        fetchNow();
        return;
      case 'heartbeat':
        clock.set(message.at);
        show({ status: message.status });
        return;
      case 'changes':
        if (isFetching) meanwhile.push(message);
        show({ board: applyChanges(view.board, message.changes, message.seq, message.gone) });
        return;
      case 'reset':
        resetFetch = wantedFetch + 1;
        wantFetch();
        return;
      case 'backtest':
        for (const listener of backtestListeners) listener(message.backtest);
    }
  }

  return {
    clock,
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onBacktest: (listener) => {
      backtestListeners.add(listener);
      return () => backtestListeners.delete(listener);
    },
    answer: (alert) => show({ board: applyAnswer(view.board, alert) }),
    seen: (alertId, key) => {
      if (receipts.has(key)) return;
      receipts.set(key, { alertId, isSent: sendReceipt(alertId) });
    },
    doubtMs: () => Math.max(heard.elapsedMs(), isInDoubt() ? wanted.elapsedMs() : 0),
    hurry: () => {
      fetchNow();
      connection?.hurry();
    },
    start: () => void fetchUntilTrue(),
    stop: () => {
      stopping.abort();
      clearTimeout(lookAgain);
      connection?.close();
    },
  };
}

export function isStale(doubtMs: number): boolean {
  return doubtMs >= staleAfterMs;
}
