import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

/** What vitest's JSON reporter writes, as far as we count. */
const Report = z.object({
  testResults: z.array(
    z.object({
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});
type Report = z.infer<typeof Report>;

const runs = ['unit', 'e2e'];

/** How many tests of a run passed, and how many did not: a test that was skipped did not, nor a file that did not load. */
function count({ testResults }: Report): { passed: number; failed: number } {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const broken = testResults.filter(
    ({ status, assertionResults }) =>
      status !== 'passed' && assertionResults.every((test) => test.status === 'passed'),
  );
  return { passed, failed: tests.length - passed + broken.length };
}

/** Adds up the reports in a folder, and says so in one line. All runs must be there, and none may have failed. */
async function summarise(folder: string): Promise<void> {
  const total = { passed: 0, failed: 0 };
  const missing: string[] = [];
  for (const run of runs) {
    const text = await readFile(join(folder, `${run}.json`), 'utf8').catch(() => null);
    if (text === null) {
      missing.push(run);
      continue;
    }
    const { passed, failed } = count(Report.parse(JSON.parse(text)));
    total.passed += passed;
    total.failed += failed;
  }
  if (missing.length > 0) {
    process.stderr.write(
      `These tests did not report, so they count for nothing: ${missing.join(', ')}\n`,
    );
  }
  if (missing.length < runs.length) {
    process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  }
  if (missing.length > 0 || total.failed > 0 || total.passed === 0) process.exitCode = 1;
}

await summarise(process.argv[2] ?? 'node_modules/.vitest');
