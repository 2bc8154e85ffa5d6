import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = join(root, 'dashboard/dist/index.html');
const sources = ['dashboard', 'gateway/protocol', 'package-lock.json'];

/** Builds the dashboard if its sources are newer than what was built. */
export async function buildDashboard(print: (text: string) => void): Promise<void> {
  const builtAt = await changedAt(built);
  const changed = await Promise.all(sources.map((source) => newest(join(root, source))));
  if (Math.max(...changed) < builtAt) return;
  print('Building the dashboard …\n');
  const { build } = await import('vite');
  await build({ root: join(root, 'dashboard'), logLevel: 'warn' });
}

async function changedAt(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  return found?.mtimeMs ?? 0;
}

async function newest(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return changedAt(path);
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes(`${join('dashboard', 'dist')}/`));
  return Math.max(0, ...(await Promise.all(files.map(changedAt))));
}
