import { join } from 'node:path';

import { type DatabaseServer, startDatabaseServer } from './database-server.ts';

/** A series as it is held: `metric.__name__` is `measurement_field`, the rest are tags and the bucket as `db`. */
export interface ExportedSeries {
  metric: Record<string, string>;
  values: number[];
  /** Epoch milliseconds. */
  timestamps: number[];
}

export interface VictoriaMetrics extends DatabaseServer {
  /** Everything it holds of series that match, such as `{__name__="temperature_celsius"}`. */
  exported: (match?: string) => Promise<readonly ExportedSeries[]>;
  /** Puts on disk what it has in memory; until it does, seconds after it has taken a point, `kill` loses it and `stop` does not. */
  putAway: () => Promise<void>;
}

/** Debian's VictoriaMetrics; it takes what is written to InfluxDB 2 and keeps one point of a series in a millisecond. */
export async function startVictoriaMetrics(): Promise<VictoriaMetrics> {
  const server = await startDatabaseServer({
    program: 'victoria-metrics',
    words: ({ folder, port }) => [
      `-storageDataPath=${join(folder, 'data')}`,
      `-httpListenAddr=127.0.0.1:${port}`,
      '-retentionPeriod=100y',
      '-search.latencyOffset=0s',
      '-influxTrimTimestamp=1ms',
      '-dedup.minScrapeInterval=1ms',
      '-loggerLevel=ERROR',
    ],
    ready: '/health',
  });

  async function exported(match = '{__name__!=""}'): Promise<readonly ExportedSeries[]> {
    await fetch(`${server.url}/internal/force_flush`, { method: 'POST' });
    const question = new URLSearchParams({ 'match[]': match });
    const response = await fetch(`${server.url}/api/v1/export?${question.toString()}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`victoria-metrics: ${text}`);
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as ExportedSeries);
  }

  async function putAway(): Promise<void> {
    const response = await fetch(`${server.url}/snapshot/create`);
    const text = await response.text();
    if (!text.includes('"ok"')) throw new Error(`victoria-metrics: ${text}`);
  }

  return { ...server, exported, putAway };
}
