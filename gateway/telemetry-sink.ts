import type { TelemetryQuery } from './domain/series/query.ts';
import type { SinkName, TelemetrySink } from './domain/series/sink.ts';
import type { TelemetryConfig } from './telemetry-config.ts';
import { createEmbeddedQuery } from './telemetry/embedded-query.ts';
import { createEmbeddedSink } from './telemetry/embedded.ts';
import { createInfluxV1 } from './telemetry/influx-v1.ts';
import { createInfluxV2 } from './telemetry/influx-v2.ts';
import type { TelemetryFile } from './telemetry/telemetry-file.ts';

/** Every store that the configuration names, to be written to. */
export function openSinks(config: TelemetryConfig, file: TelemetryFile): readonly TelemetrySink[] {
  return config.sinks.map((name) =>
    name === 'embedded' ? createEmbeddedSink(file) : openInflux(name, config),
  );
}

/** The store that charts ask: the first that the configuration names. */
export function openQuery(
  config: TelemetryConfig,
  file: TelemetryFile,
): { query: TelemetryQuery; close: () => Promise<void> } {
  const [name] = config.sinks;
  if (name === 'embedded') return { query: createEmbeddedQuery(file), close: async () => {} };
  const influx = openInflux(name, config);
  return { query: influx, close: influx.close };
}

function openInflux(
  name: Exclude<SinkName, 'embedded'>,
  { influx1, influx2 }: TelemetryConfig,
): TelemetrySink & TelemetryQuery {
  if (name === 'influx-1' && influx1 !== null) return createInfluxV1(influx1);
  if (name === 'influx-2' && influx2 !== null) return createInfluxV2(influx2);
  throw new Error(`It is not said where ${name} is.`);
}
