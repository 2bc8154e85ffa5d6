import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../../node_modules');

/** A package, and what must be installed with it. */
export const candidates = {
  '@bufbuild/cel': {
    packages: ['@bufbuild/cel', '@bufbuild/cel-spec', '@bufbuild/re2', '@bufbuild/protobuf'],
    use: "const {run} = await import('@bufbuild/cel'); if (run('1 + 1 == 2') !== true) process.exit(1);",
  },
  '@marcbachmann/cel-js': {
    packages: ['@marcbachmann/cel-js'],
    use: "const {evaluate} = await import('@marcbachmann/cel-js'); if (evaluate('1 + 1 == 2') !== true) process.exit(1);",
  },
};

export interface Package {
  name: string;
  packages: number;
  bytes: number;
  /** Whether one may ask it to check types. */
  checks: boolean;
  /** Places in its sources that turn text into code. */
  makesCode: number;
  /** It works where Node refuses to turn text into code. */
  worksWithoutMakingCode: boolean;
}

export async function measurePackages(): Promise<readonly Package[]> {
  return Promise.all(
    Object.entries(candidates).map(async ([name, { packages, use }]) => {
      const files = (await Promise.all(packages.map((one) => filesOf(join(modules, one))))).flat();
      const sources = files.filter((file) => file.endsWith('.js'));
      const texts = await Promise.all(sources.map((file) => readFile(file, 'utf8')));
      const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
      const exported = Object.keys((await import(name)) as object);
      const run = spawnSync(
        process.execPath,
        ['--disallow-code-generation-from-strings', '--input-type=module', '--eval', use],
        { cwd: import.meta.dirname, timeout: 20_000 },
      );
      return {
        name,
        packages: packages.length,
        bytes: sizes.reduce((sum, size) => sum + size, 0),
        checks: exported.includes('check'),
        makesCode: texts.filter((text) => /[=(;:?&|] *eval\(|\bFunction\(/.test(text)).length,
        worksWithoutMakingCode: run.status === 0,
      };
    }),
  );
}

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
