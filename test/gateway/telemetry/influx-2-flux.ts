/** A reading as a store of ours holds it; `at` in nanoseconds. */
export interface Stored {
  /** Tags, and `_measurement` and `_field` beside them. */
  columns: Readonly<Record<string, string>>;
  at: bigint;
  value: number;
}

const text = String.raw`"(?:[^"\\]|\\.)*"`;
const condition = String.raw`r\[${text}\] == ${text}`;
const readings = [
  String.raw`from\(bucket: (?<bucket>${text})\)`,
  String.raw`range\(start: (?<start>\S+), stop: (?<stop>\S+)\)`,
  String.raw`filter\(fn: \(r\) => (?<test>${condition}(?: and ${condition})*)\)`,
  String.raw`group\(columns: \[(?<by>(?:${text}(?:, ${text})*)?)\]\)`,
  String.raw`sort\(columns: \["_time"\]\)`,
].join(String.raw` \|> `);
const raw = new RegExp(String.raw`^${readings} \|> yield\(name: "raw"\)$`);
const named = new RegExp(String.raw`^(?<name>\w+) = ${readings}$`);
const steps = new RegExp(
  String.raw`^(?<name>\w+) \|> aggregateWindow\(every: (?<every>\d+)ms, offset: (?<offset>\d+)ms, fn: (?<fn>\w+), timeSrc: "_start", createEmpty: false\) \|> yield\(name: (?<result>${text})\)$`,
);

interface Table {
  start: bigint;
  tags: Readonly<Record<string, string>>;
  rows: readonly { at: bigint; value: number }[];
}

/** Answers annotated CSV to the few forms of Flux that we ask in, as its documentation describes them; throws at any other. */
export function answerFlux(flux: string, bucket: string, held: readonly Stored[]): string {
  const tables = new Map<string, readonly Table[]>();
  const answers: string[] = [];
  for (const line of flux.split('\n')) {
    const asked = raw.exec(line) ?? named.exec(line);
    if (asked?.groups !== undefined) {
      const { name } = asked.groups;
      const read = tablesOf(asked.groups, bucket, held);
      if (name === undefined) answers.push(csvOf('raw', 'double', read));
      else tables.set(name, read);
      continue;
    }
    const stepped = steps.exec(line)?.groups ?? {};
    answers.push(steppedOf(stepped, tables.get(stepped['name'] ?? '')));
  }
  return answers.join('');
}

function steppedOf(asked: Asked, source: readonly Table[] | undefined): string {
  if (source === undefined) throw new Error('error @1:1: undefined identifier');
  const { every = '', offset = '', fn = '', result = '' } = asked;
  const windows = { every: BigInt(every) * 1_000_000n, offset: BigInt(offset) * 1_000_000n };
  const stepped = source.map((table) => windowed(table, windows, aggregateOf(fn)));
  return csvOf(unquoted(result), fn === 'count' ? 'long' : 'double', stepped);
}

type Asked = Readonly<Record<string, string | undefined>>;

function tablesOf(asked: Asked, bucket: string, held: readonly Stored[]): Table[] {
  if (unquoted(asked['bucket'] ?? '') !== bucket) throw new Error('could not find bucket');
  const [start, stop] = [instantOf(asked['start']), instantOf(asked['stop'])];
  if (start >= stop) throw new Error('cannot query an empty range');
  const wanted = texts(asked['test']);
  const by = texts(asked['by']);
  const rows = held.filter(
    ({ columns, at }) =>
      at >= start &&
      at < stop &&
      wanted.every((name, index) => index % 2 === 1 || columns[name] === wanted[index + 1]),
  );
  const groups = Map.groupBy(rows, ({ columns }) =>
    JSON.stringify(by.map((name) => columns[name] ?? '')),
  );
  return [...groups].map(([key, group]) => {
    const values = JSON.parse(key) as string[];
    return {
      start,
      tags: Object.fromEntries(by.map((name, index) => [name, values[index] ?? ''])),
      rows: group.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at))),
    };
  });
}

function windowed(
  table: Table,
  { every, offset }: { every: bigint; offset: bigint },
  aggregate: (values: readonly number[]) => number,
): Table {
  const windows = Map.groupBy(table.rows, ({ at }) => {
    const begins = at - ((((at - offset) % every) + every) % every);
    return begins < table.start ? table.start : begins;
  });
  const rows = [...windows].map(([at, group]) => ({
    at,
    value: aggregate(group.map(({ value }) => value)),
  }));
  return { ...table, rows };
}

function aggregateOf(fn: string): (values: readonly number[]) => number {
  switch (fn) {
    case 'count':
      return (values) => values.length;
    case 'sum':
      return (values) => values.reduce((sum, value) => sum + value, 0);
    case 'min':
      return (values) => Math.min(...values);
    case 'max':
      return (values) => Math.max(...values);
    case 'last':
      return (values) => values.at(-1) ?? Number.NaN;
    default:
      throw new Error(`error @1:1: undefined identifier ${fn}`);
  }
}

function csvOf(result: string, type: string, tables: readonly Table[]): string {
  return tables
    .map(({ tags, rows }, index) => {
      const names = Object.keys(tags);
      const values = Object.values(tags).map(cell);
      const lines = [
        ['#group', 'false', 'false', 'false', 'false', ...names.map(() => 'true')],
        ['#datatype', 'string', 'long', 'dateTime:RFC3339', type, ...names.map(() => 'string')],
        ['#default', cell(result), '', '', '', ...names.map(() => '')],
        ['', 'result', 'table', '_time', '_value', ...names],
        ...rows.map(({ at, value }) => [
          '',
          '',
          String(index),
          timeOf(at),
          String(value),
          ...values,
        ]),
      ];
      return `${lines.map((line) => line.join(',')).join('\r\n')}\r\n\r\n`;
    })
    .join('');
}

function cell(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function timeOf(at: bigint): string {
  return Temporal.Instant.fromEpochNanoseconds(at).toString();
}

function instantOf(time = ''): bigint {
  return Temporal.Instant.from(time).epochNanoseconds;
}

function texts(list = ''): string[] {
  return [...list.matchAll(new RegExp(text, 'g'))].map(([quoted]) => unquoted(quoted));
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** What a text of Flux means; one with an expression inside is more than a text. */
function unquoted(quoted: string): string {
  const inside = quoted.slice(1, -1);
  if (/(?<!\\)(?:\\\\)*\$\{/.test(inside)) throw new Error('error: interpolated expression');
  return inside.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character);
}
