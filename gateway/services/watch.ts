import { openBook } from '../domain/alert/book.ts';
import type { TermsFor } from '../domain/duty/terms.ts';
import type { CommittedChange, Hub } from '../domain/hub.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { Condition, WatchId } from '../domain/watch/condition.ts';
import { differenceOf } from '../domain/watch/difference.ts';
import { floodMs } from '../domain/watch/flood.ts';
import { openOutageWatch, ownAbsenceMs } from '../domain/watch/outage.ts';
import { channelMemoryMs, isOutboxMoving } from '../domain/watch/outbox.ts';
import type { Picture } from '../domain/watch/picture.ts';
import { unreachable } from '../domain/watch/unreachable.ts';
import { openWatchdogs } from '../domain/watch/watchdog-list.ts';
import type { Metrics } from './metrics.ts';
import { record } from './record.ts';
import type { UnusableRule } from './rulebook.ts';
import { tellAway } from './tell-away.ts';
import { openUnusableRules } from './unusable-rules.ts';

export interface WatchOptions {
  store: Store;
  termsFor: TermsFor;
  hub: Pick<Hub, 'publish'>;
  metrics: Metrics;
  clock: () => number;
  newId: () => string;
  /** What each connected screen may see. */
  screens: () => readonly Scope[];
  /** The longest time between the ends of two sweeps since it was last asked, by a clock that nobody sets. */
  sweepGapMs: () => number;
  /** How far the wall clock has gone ahead of one that nobody sets, since the start. */
  clockAheadMs: () => number;
  /** Null where it cannot be told. */
  disk: () => Promise<Picture['disk']>;
  externalBroker: () => Picture['externalBroker'];
  history: () => Picture['history'];
  failed: (error: unknown) => void;
  everyMs?: number;
}

/** The service's eye on itself: what is wrong becomes alerts to those who can act. */
export interface Watch {
  /**
   * To be awaited before any device connects: tells the homes that we were away, and that nobody is connected to a gateway
   * that has just started.
   */
  begin: () => Promise<void>;
  /** To be called before homes are judged: a machine that slept, or whose clock was set ahead, has heard nobody meanwhile. */
  beforeSweep: () => Promise<void>;
  /** Looks, if it is time to; to be called by the sweep. */
  run: () => Promise<void>;
  noteUnusable: (rule: UnusableRule) => void;
  /** Why we are not well, as of the last look that came to its end; null when we are. */
  trouble: () => string | null;
}

/** So many looks may fail in a row before somebody outside must know. */
const blindAfterMs = 60_000;

export function createWatch(options: WatchOptions): Watch {
  const { store, clock, metrics, failed, everyMs = 10_000 } = options;
  const startedAt = clock();
  const watchdogs = openWatchdogs();
  const outageWatch = openOutageWatch();
  const unusable = openUnusableRules();
  /** By municipality and need, as long as it is wrong. */
  const raisedAt = new Map<string, Map<string, number>>();
  let lookedAt = -Infinity;
  let isMoving = true;
  let lookedWellAt = startedAt;
  let aheadMs = 0;

  async function begin(): Promise<void> {
    const { sight, pulse } = store;
    const [lastAt, homes, unheard] = [
      await pulse.last(),
      await sight.homes(),
      await sight.unheard(),
    ];
    await tellAway(options, outageWatch.begin({ at: clock(), lastAt, homes, unheard }));
    await store.transaction((ledger) => ledger.forgetConnections());
    await pulse.beat(clock());
  }

  async function beforeSweep(): Promise<void> {
    const ahead = options.clockAheadMs();
    const sleptMs = ahead - aheadMs;
    aheadMs = ahead;
    if (sleptMs < ownAbsenceMs) return;
    const to = clock();
    const homes = await store.sight.homes();
    await tellAway(
      options,
      homes.map(({ id: homeId, municipalityId }) => ({
        homeId,
        municipalityId,
        from: to - sleptMs,
        to,
        wasDown: true,
      })),
    );
  }

  async function run(): Promise<void> {
    const elapsed = clock() - lookedAt;
    if (elapsed >= 0 && elapsed < everyMs) return;
    const at = clock();
    lookedAt = at;
    const picture = await takePicture(at);
    await tellAway(options, outageWatch.look(at, picture.homes));
    const { wrong, unknown } = look(picture);
    await store.pulse.beat(clock());
    const changes = await store.transaction(
      (ledger) => settle(ledger, { wrong, unknown, at }),
      options.hub.publish,
    );
    for (const { event, alert } of changes) {
      metrics.alertEvents.inc({ type: event.type });
      if (event.type === 'raised') raisedAt.get(alert.municipalityId)?.set(alert.need, at);
    }
    measure(picture, wrong);
    lookedWellAt = at;
  }

  function trouble(): string | null {
    if (clock() - lookedWellAt > blindAfterMs) return 'the watchdogs do not look';
    return isMoving ? null : 'notifications are stuck';
  }

  async function takePicture(at: number): Promise<Picture> {
    const { staffing, sight, outbox } = store;
    const arrangements = await staffing.arrangements();
    return {
      at,
      startedAt,
      arrangements,
      homes: await sight.homes(),
      rosters: await staffing.rosters([...arrangements.units.keys()]),
      screens: options.screens(),
      outbox: await outbox.state(at - channelMemoryMs),
      sweepGapMs: options.sweepGapMs(),
      disk: await options.disk(),
      externalBroker: options.externalBroker(),
      history: options.history(),
      clockAheadMs: options.clockAheadMs(),
      unusableRules: await unusable.current(store),
      raised: await sight.raised(at - floodMs),
    };
  }

  /** One that breaks must not silence the others. */
  function look(picture: Picture): { wrong: readonly Condition[]; unknown: Set<WatchId> } {
    const wrong = outageWatch.outages().map(unreachable);
    const unknown = new Set<WatchId>();
    for (const { ids, look: lookAt } of watchdogs) {
      let found: readonly Condition[] | null = null;
      try {
        found = lookAt(picture);
      } catch (error) {
        failed(error);
      }
      if (found === null) for (const id of ids) unknown.add(id);
      else wrong.push(...found);
    }
    return { wrong, unknown };
  }

  async function settle(
    ledger: Ledger,
    { wrong, unknown, at }: { wrong: readonly Condition[]; unknown: Set<WatchId>; at: number },
  ): Promise<readonly CommittedChange[]> {
    const { municipalities } = await ledger.arrangements();
    const byMunicipality = Map.groupBy(wrong, ({ municipalityId }) => municipalityId);
    const terms = await options.termsFor(ledger);
    const all: CommittedChange[] = [];
    for (const municipality of municipalities.values()) {
      const own = byMunicipality.get(municipality.id) ?? [];
      const live = await ledger.serviceAlerts(municipality.id);
      const since = raisedAt.get(municipality.id) ?? new Map<string, number>();
      raisedAt.set(municipality.id, since);
      const needs = new Set(own.map(({ need }) => need));
      for (const need of since.keys()) if (!needs.has(need)) since.delete(need);
      const comparison = { municipality, wrong: own, unknown, live, raisedAt: since, at };
      const calls = differenceOf(comparison);
      if (calls.length === 0) continue;
      const book = openBook(live, terms);
      for (const { place, call } of calls) book.callService(place, call, at);
      all.push(...(await record(ledger, store.directory, book.changes(), terms)));
    }
    return all;
  }

  function measure({ outbox, screens, disk, homes }: Picture, wrong: readonly Condition[]): void {
    metrics.watchConditions.reset();
    for (const { rule } of wrong) metrics.watchConditions.inc({ kind: rule.id });
    metrics.outboxWaiting.reset();
    for (const { channel, waiting } of outbox) metrics.outboxWaiting.inc({ channel }, waiting);
    metrics.screensConnected.set(screens.length);
    metrics.homesConnected.set(homes.filter(({ isConnected }) => isConnected).length);
    if (disk !== null) metrics.diskFreeBytes.set(disk.freeBytes);
    isMoving = isOutboxMoving(outbox, clock());
  }

  return {
    begin,
    beforeSweep,
    run,
    noteUnusable: unusable.note,
    trouble,
  };
}
