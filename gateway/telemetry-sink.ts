import type { TelemetryQuery } from './domain/series/query.ts';
import type { SinkName, TelemetrySink } from './domain/series/sink.ts';
import type { TelemetryConfig } from './telemetry-config.ts';
import { createEmbeddedQuery } from './telemetry/embedded-query.ts';
import { createEmbeddedSink } from './telemetry/embedded.ts';
import type { TelemetryFile } from './telemetry/telemetry-file.ts';

/** Every store that the configuration names, to be written to. */
export function openSinks(config: TelemetryConfig, file: TelemetryFile): readonly TelemetrySink[] {
  return config.sinks.map((name) => openSink(name, config, file));
}

function openSink(name: SinkName, _config: TelemetryConfig, file: TelemetryFile): TelemetrySink {
  if (name === 'embedded') return createEmbeddedSink(file);
  throw new Error(`There is no ${name}.`);
}

/** The store that charts ask: the first that the configuration names. */
export function openQuery(
  _config: TelemetryConfig,
  file: TelemetryFile,
): { query: TelemetryQuery; close: () => Promise<void> } {
  return { query: createEmbeddedQuery(file), close: async () => {} };
}
