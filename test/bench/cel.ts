import { measureConformance, type Tally } from './cel-conformance.ts';
import { bufCel, celJs } from './cel-engine.ts';
import { measurePackages } from './cel-package.ts';
import { compilerNames, measureSpeed } from './cel-speed.ts';

/** Sections of the conformance data that speak of what a `where` may hold. */
const relevant = new Set(
  'basic comparisons fields fp_math integer_math lists logic macros parse plumbing string conversions timestamps'.split(
    ' ',
  ),
);

const rounds = 9;
const roundMs = 100;

const none: Tally = { right: 0, refused: 0, wrong: 0 };
const engines = [bufCel, celJs];
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

function print(...cells: readonly string[]): void {
  const [first = '', ...rest] = cells;
  process.stdout.write(`  ${first.padEnd(88)}${rest.map((cell) => cell.padStart(34)).join('')}\n`);
}

function title(text: string, columns: readonly string[]): void {
  process.stdout.write(`\n${text}\n`);
  print('', ...columns);
}

const names = engines.map(({ name }) => name);
const share = ({ right, refused, wrong }: Tally): string =>
  `${right} right, ${refused} refused, ${wrong} wrong`;

title('The packages, with what they need', names);
const packages = await measurePackages();
print('bytes installed', ...packages.map(({ bytes }) => whole.format(bytes)));
print('packages', ...packages.map((one) => `${one.packages}`));
print('may be asked to check types', ...packages.map(({ checks }) => (checks ? 'yes' : 'no')));
print('files with eval or new Function', ...packages.map((one) => `${one.makesCode}`));
print(
  'works with --disallow-code-generation-from-strings',
  ...packages.map(({ worksWithoutMakingCode }) => (worksWithoutMakingCode ? 'yes' : 'no')),
);

title('Conformance (cases without protobuf messages)', names);
const conformance = measureConformance(engines);
for (const { section, cases, leftOut, tallies } of conformance) {
  const mark = relevant.has(section) ? '*' : ' ';
  if (cases > 0) print(`${mark} ${section}: ${cases} of ${cases + leftOut}`, ...tallies.map(share));
}
const chosen = conformance.filter(({ section }) => relevant.has(section));
print('* together', ...sums(chosen.map(({ tallies }) => tallies)).map(share));
print(
  '* of these, cases that hold only what a `where` may',
  ...sums(chosen.map(({ admitted }) => admitted)).map(share),
);

function sums(rows: readonly (readonly Tally[])[]): Tally[] {
  const add = (a: Tally, b: Tally) => ({
    right: a.right + b.right,
    refused: a.refused + b.refused,
    wrong: a.wrong + b.wrong,
  });
  return engines.map((_, index) => rows.map((row) => row[index] ?? none).reduce(add, none));
}

const speeds = measureSpeed(rounds, roundMs);
const perSecond = (times: readonly number[]): string[] => {
  const [first = Number.NaN] = times;
  return times.map((ns) => {
    const ratio = (first / ns).toFixed(1);
    return `${whole.format(1e9 / ns)}/s (${whole.format(ns)} ns, ${ratio}×)`;
  });
};
title(`Evaluations, median of ${rounds} rounds, against the first`, compilerNames);
for (const { expression, evaluateNs } of speeds) print(expression, ...perSecond(evaluateNs));
title('From text to ready, with the check of types where there is one', compilerNames);
for (const { expression, compileNs } of speeds) print(expression, ...perSecond(compileNs));
