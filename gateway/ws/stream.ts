import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate as giveWay } from 'node:timers/promises';

import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';

import type { Account } from '../domain/account.ts';
import type { BacktestListener } from '../domain/backtests.ts';
import type { AlertDesk } from '../domain/desk.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Reading } from '../domain/reading.ts';
import type { Scope } from '../domain/scope.ts';
import type { SignIn } from '../domain/sign-in.ts';
import { heartbeatMs, staleAfterMs } from '../protocol/stream.ts';
import { type Audience, createAudiences, frameFor, namedIn, sightOf } from './audience.ts';
import { frameOf } from './frame.ts';
import { closing, Screen } from './screen.ts';
import { refuse, type StreamGate } from './upgrade.ts';

/** Bounds that the tests draw closer. */
export interface StreamLimits {
  heartbeatMs: number;
  /** Sessions are looked up again every so many heartbeats. */
  beatsPerSessionCheck: number;
  helloMs: number;
  /** How much may wait for a slow reader, in bytes. */
  mostWaiting: number;
  screensPerSession: number;
  /** How many missed changes are sent before the board is to be fetched instead. */
  replay: number;
}

const defaultLimits: StreamLimits = {
  heartbeatMs,
  beatsPerSessionCheck: 10,
  helloMs: 5_000,
  mostWaiting: 1_048_576,
  screensPerSession: 10,
  replay: 1_000,
};

/** A screen that lives says so in each heartbeat; so many may be lost. */
const beatsUntilStale = Math.ceil(staleAfterMs / heartbeatMs);
const largestMessage = 1_024;

export interface StreamDependencies {
  gate: StreamGate;
  signIn: Pick<SignIn, 'account'>;
  reading: Pick<Reading, 'openStream' | 'status'>;
  desk: Pick<AlertDesk, 'seen'>;
  hub: Pick<Hub, 'subscribe'>;
  clock: () => number;
  log: Logger;
  limits?: Partial<StreamLimits>;
}

/** The live side of the dashboard: tells every screen what it may see, as it is committed. */
export interface Stream {
  /** For the `upgrade` event of the HTTP server, when the path is `/api/v1/stream`. */
  handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Ends what is open for a session that somebody has signed out of. */
  endSession: (token: string) => void;
  /** Tells the screens of one person how their backtest goes on. */
  tellBacktest: BacktestListener;
  screenCount: () => number;
  /** The scopes that at least one screen watches, and how many do. */
  connectedScopes: () => readonly { scope: Scope; screens: number }[];
  /** Tells every screen to come back later, and ends within a second. */
  close: () => Promise<void>;
}

export function createStream(dependencies: StreamDependencies): Stream {
  const { gate, signIn, reading, desk, hub, clock, log } = dependencies;
  const limits = { ...defaultLimits, ...dependencies.limits };
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: largestMessage,
    clientTracking: true,
  });
  const screens = new Set<Screen>();
  const audiences = createAudiences();
  const unsubscribe = hub.subscribe(tell);
  const beating = setInterval(beat, limits.heartbeatMs);
  let toldSeq = 0;
  let beats = 0;

  function tell(changes: readonly CommittedChange[]): void {
    const seq = changes.at(-1)?.seq;
    if (seq === undefined) return;
    toldSeq = seq;
    const now = { seq, at: clock() };
    const named = namedIn(changes);
    for (const { scope, screens: watching } of audiences.all()) {
      const shared = frameFor(scope, now, changes);
      for (const screen of watching) {
        const own = screen.account.scope;
        const frame = named.has(own.userId) ? frameFor(own, now, changes) : shared;
        if (frame !== null) screen.offer(seq, frame);
      }
    }
  }

  async function admit(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (!gate.isOwnOrigin(request)) {
      refuse(socket, 403, gate.explainOrigin(request));
      return;
    }
    const who = await gate.authenticate(request);
    if (who === null) refuse(socket, 401, 'Sign in first.');
    else if (screensOf(who.token).length >= limits.screensPerSession) {
      refuse(socket, 429, 'Too many screens are open in this session. Close one.');
    } else server.handleUpgrade(request, socket, head, (opened) => open(opened, who));
  }

  function open(
    socket: ConstructorParameters<typeof Screen>[0],
    who: { token: string; account: Account },
  ) {
    const screen = new Screen(socket, who, limits, {
      hello: (cursor) => void begin(screen, cursor),
      seen: (alertId) => desk.seen(who.account.scope, alertId),
      closed: () => {
        screens.delete(screen);
        audiences.leave(screen);
      },
    });
    screens.add(screen);
  }

  async function begin(screen: Screen, cursor: number | null): Promise<void> {
    const { scope } = screen.account;
    // First, so that what is committed while the past is read waits for its turn and is not lost.
    audiences.join(screen);
    try {
      const start = await reading.openStream(scope, cursor, limits.replay);
      await screen.catchUp(start);
      const status = await reading.status(scope, clock());
      screen.goLive(clock(), status);
    } catch (error) {
      log.error({ err: error }, 'a stream could not be opened');
      screen.close(closing.broken);
    }
  }

  function beat(): void {
    beats += 1;
    for (const screen of screens) {
      if (screen.countBeat() >= beatsUntilStale) screen.terminate();
    }
    for (const audience of audiences.all()) void beatTo(audience);
    if (beats % limits.beatsPerSessionCheck === 0) void checkSessions();
  }

  async function beatTo(audience: Audience): Promise<void> {
    if (audience.isBeating) return;
    audience.isBeating = true;
    try {
      const status = await reading.status(audience.scope, clock());
      for (const screen of audience.screens) screen.beat(clock(), toldSeq, status);
    } catch (error) {
      // No heartbeat is the truth then: the screens will say that they cannot be trusted.
      log.error({ err: error }, 'heartbeat failed');
    }
    audience.isBeating = false;
  }

  /** A role or a unit that has been taken away ends the session's streams too. */
  async function checkSessions(): Promise<void> {
    const tokens = new Set([...screens].map(({ token }) => token));
    for (const token of tokens) {
      // Hundreds of look-ups in a row would hold up the alerts.
      await giveWay();
      try {
        const account = await signIn.account(token);
        const sight = account === null ? null : sightOf(account.scope);
        for (const screen of screensOf(token)) {
          if (sightOf(screen.account.scope) !== sight) screen.close(closing.sessionEnded);
        }
      } catch (error) {
        log.error({ err: error }, 'session check failed');
      }
    }
  }

  function screensOf(token: string): Screen[] {
    return [...screens].filter((screen) => screen.token === token);
  }

  return {
    handleUpgrade: (request, socket, head) => {
      // Whoever hangs up while we look into it has no need of an answer.
      const ignore = () => socket.destroy();
      socket.on('error', ignore);
      admit(request, socket, head).catch((error: unknown) => {
        log.error({ err: error }, 'upgrade failed');
        refuse(socket, 500, 'Something went wrong here.');
      });
    },
    endSession: (token) => {
      for (const screen of screensOf(token)) screen.close(closing.sessionEnded);
    },
    tellBacktest: ({ userId, municipalityId }, backtest) => {
      const own = [...screens].filter(
        ({ account: { scope } }) =>
          scope.userId === userId && scope.municipalityId === municipalityId,
      );
      if (own.length === 0) return;
      const frame = frameOf({ type: 'backtest', backtest });
      for (const screen of own) screen.mention(frame);
    },
    screenCount: () => screens.size,
    connectedScopes: () =>
      [...audiences.all()].map(({ scope, screens: watching }) => ({
        scope,
        screens: watching.size,
      })),
    close: async () => {
      clearInterval(beating);
      unsubscribe();
      for (const screen of screens) screen.close(closing.restart);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
