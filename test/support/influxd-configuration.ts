import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes what an InfluxDB 1.6 in this folder is to go by, on this machine alone; answers the file. `http`: lines of `[http]` besides. */
export async function writeInfluxdConfiguration(
  folder: string,
  port: number,
  http: readonly string[] = [],
): Promise<string> {
  const file = join(folder, 'influxdb.conf');
  const lines = [
    'reporting-disabled = true',
    // Any that is free: nobody backs this server up.
    'bind-address = "127.0.0.1:0"',
    '[meta]',
    `dir = "${join(folder, 'meta')}"`,
    '[data]',
    `dir = "${join(folder, 'data')}"`,
    `wal-dir = "${join(folder, 'wal')}"`,
    'query-log-enabled = false',
    '[monitor]',
    'store-enabled = false',
    '[http]',
    `bind-address = "127.0.0.1:${port}"`,
    'log-enabled = false',
    ...http,
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  return file;
}
