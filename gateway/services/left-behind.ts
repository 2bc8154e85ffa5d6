import type { Progress } from '../domain/series/progress.ts';
import { type SinkName, sinkNames } from '../domain/series/sink.ts';
import type { TelemetrySource } from '../domain/series/source.ts';
import type { LeftBehind } from '../domain/series/telemetry.ts';

/**
 * The stores beside these that hold homes which should be erased, and cannot be by us. The embedded history is always
 * ours to erase from.
 */
export async function findLeftBehind(
  source: Pick<TelemetrySource, 'withdrawn'>,
  progress: Pick<Progress, 'homes'>,
  sinks: readonly SinkName[],
): Promise<readonly LeftBehind[]> {
  const found: LeftBehind[] = [];
  for (const name of sinkNames) {
    if (name === 'embedded' || sinks.includes(name)) continue;
    const { length: homes } = await source.withdrawn(await progress.homes(name));
    if (homes > 0) found.push({ name, homes });
  }
  return found;
}

/** What to do about it. */
export function adviceFor({ name }: LeftBehind): string {
  return `Name ${name} in VAKA_TELEMETRY again until they are erased; or remove the database or bucket there by hand, and then run vaka telemetry forget ${name}.`;
}
