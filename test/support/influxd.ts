import { type DatabaseServer, startDatabaseServer } from './database-server.ts';
import { writeInfluxdConfiguration } from './influxd-configuration.ts';

export interface Influxd extends DatabaseServer {
  /** Runs InfluxQL in the database `vaka`; throws what the server says against it. */
  ask: (statement: string) => Promise<readonly InfluxSeries[]>;
}

export interface InfluxSeries {
  name: string;
  tags?: Record<string, string>;
  columns: string[];
  values: unknown[][];
}

interface InfluxAnswer {
  error?: string;
  results?: { error?: string; series?: InfluxSeries[] }[];
}

export interface InfluxdOptions {
  /** How long the database keeps points, such as `24h`; without it, for ever. */
  keeps?: string;
  /** Lines of `[http]` besides. */
  http?: readonly string[];
  /** Without it, the database `vaka` is made. */
  database?: 'none';
}

/** Debian's InfluxDB 1.6 with an empty database `vaka`. */
export async function startInfluxd(options: InfluxdOptions = {}): Promise<Influxd> {
  const server = await startDatabaseServer({
    program: 'influxd',
    words: async ({ folder, port }) => [
      '-config',
      await writeInfluxdConfiguration(folder, port, options.http),
    ],
    ready: '/ping',
  });
  const ask = (statement: string) => askInfluxd(server.url, statement);
  if (options.database !== 'none') {
    await ask(
      `create database vaka${options.keeps === undefined ? '' : ` with duration ${options.keeps}`}`,
    );
  }
  return { ...server, ask };
}

async function askInfluxd(url: string, statement: string): Promise<readonly InfluxSeries[]> {
  const response = await fetch(`${url}/query?db=vaka`, {
    method: 'POST',
    body: new URLSearchParams({ q: statement }),
  });
  const { error, results = [] } = (await response.json()) as InfluxAnswer;
  const wrong = error ?? results.find((result) => result.error !== undefined)?.error;
  if (wrong !== undefined) throw new Error(`influxd: ${wrong}`);
  return results.flatMap(({ series = [] }) => series);
}
