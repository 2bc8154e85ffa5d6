import { AppError } from '../domain/errors.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { Progress } from '../domain/series/progress.ts';
import type { SinkName } from '../domain/series/sink.ts';
import type { LeftBehind, SinkStatus, TelemetryDesk } from '../domain/series/telemetry.ts';

export interface TelemetryDeskOptions {
  /** The first is the one that charts ask. */
  sinks: readonly [SinkName, ...SinkName[]];
  statuses: () => readonly SinkStatus[];
  leftBehind: () => readonly LeftBehind[];
  progress: Pick<Progress, 'refused'>;
  clock: () => number;
}

/** How the writing of history goes. Nothing here tells how anybody lives, so nothing is disclosed. */
export function createTelemetryDesk(options: TelemetryDeskOptions): TelemetryDesk {
  const { sinks, statuses, leftBehind, progress, clock } = options;
  return {
    status: async (scope) => {
      mayRead(scope);
      const at = clock();
      const known = new Map(statuses().map((status) => [status.name, status]));
      return {
        asked: sinks[0],
        sinks: sinks.map((name) => {
          const status = known.get(name) ?? started(name);
          return {
            name,
            state: status.state,
            lagMs: lagOf(status, at),
            written: status.written,
            refused: status.refused,
            trouble: status.trouble?.reason ?? null,
            since: status.trouble?.since ?? null,
          };
        }),
        leftBehind: [...leftBehind()],
      };
    },
    refused: async (scope, { cursor, limit }) => {
      mayRead(scope);
      const before = cursor === undefined ? null : beforeOf(cursor);
      const { municipalityId } = scope;
      const items = await progress.refused({ municipalityId, before, limit });
      const last = items.at(-1);
      const isWithHomes = permissions[scope.role].residents;
      return {
        items: items.map(({ sink, point, reason, refusedAt }) => {
          const { home, room: _, ...rest } = point.tags;
          const tags = home !== undefined && isWithHomes ? { ...rest, home } : rest;
          return { sink, at: point.at, measurement: point.measurement, tags, reason, refusedAt };
        }),
        next: last !== undefined && items.length === limit ? String(last.id) : null,
      };
    },
  };
}

/** How long the oldest line has waited, in milliseconds. */
export function lagOf({ waitingSince }: SinkStatus, at: number): number {
  return waitingSince === null ? 0 : Math.max(0, at - waitingSince);
}

/** What nothing has been heard of yet. */
function started(name: SinkName): SinkStatus {
  const nothing = { waitingSince: null, written: 0, refused: 0, trouble: null };
  return { name, state: 'catching-up', ...nothing };
}

function mayRead({ role }: Scope): void {
  if (permissions[role].telemetry === 'read') return;
  throw new AppError('forbidden', 'This is for technicians, coordinators and administrators.');
}

function beforeOf(cursor: string): number {
  const before = Number(cursor);
  if (!Number.isSafeInteger(before) || before < 1) {
    throw new AppError('invalid', 'The cursor is not one of ours: begin with the first page.');
  }
  return before;
}
