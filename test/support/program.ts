import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that tests run, and the Debian package each comes from. */
export const packages = {
  chromium: 'chromium',
  mosquitto: 'mosquitto',
  mosquitto_passwd: 'mosquitto',
  mosquitto_pub: 'mosquitto-clients',
  mosquitto_rr: 'mosquitto-clients',
  mosquitto_sub: 'mosquitto-clients',
  'docker-compose': 'docker-compose',
  influxd: 'influxdb',
  pdftotext: 'poppler-utils',
  'victoria-metrics': 'victoria-metrics',
} as const;

export type Program = keyof typeof packages;

const programs = Object.keys(packages) as Program[];

/** The path of a program; throws with what to install when it is missing, for a test that is skipped proves nothing. */
export function pathOf(program: Program): string {
  const path = find(program);
  if (path === null) throw new Error(explainMissing([packages[program]]));
  return path;
}

/** The Debian packages that are not installed, each once. */
export function missingPackages(): string[] {
  return [
    ...new Set(
      programs.filter((program) => find(program) === null).map((program) => packages[program]),
    ),
  ];
}

export function explainMissing(missing: readonly string[]): string {
  return `The tests need ${missing.join(', ')}. Install with \`apt-get install -y --no-install-recommends ${missing.join(' ')}\`, or run \`npm test\` as root on Debian, which does it.`;
}

function find(program: string): string | null {
  // Debian keeps servers where only root looks.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
