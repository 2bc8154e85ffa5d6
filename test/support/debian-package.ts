import { spawnSync } from 'node:child_process';

import { explainMissing, missingPackages } from './program.ts';

/** Installs what the tests need and this machine lacks, when we may; otherwise says what to install. */
function installMissing(): void {
  const missing = missingPackages();
  if (missing.length === 0) return;
  if (process.getuid?.() === 0) {
    process.stdout.write(`Installing for the tests, with apt-get: ${missing.join(', ')}\n`);
    aptGet('update', '-q');
    aptGet('install', '-q', '-y', '--no-install-recommends', ...missing);
  }
  const still = missingPackages();
  if (still.length === 0) return;
  process.stderr.write(`${explainMissing(still)}\n`);
  process.exitCode = 1;
}

/** What apt-get could not do is found out by looking again, and it says itself why. */
function aptGet(...words: string[]): void {
  const { error } = spawnSync('apt-get', words, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error !== undefined) process.stderr.write(`apt-get cannot be run: ${error.message}\n`);
}

installMissing();
