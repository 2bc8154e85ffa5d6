import { tests } from '@bufbuild/cel-spec/testdata/conformance.js';
import { z } from 'zod';

/** A value of the conformance data, as protobuf writes it in JSON. */
export interface SpecValue {
  int64Value?: string | undefined;
  uint64Value?: string | undefined;
  doubleValue?: number | string | undefined;
  stringValue?: string | undefined;
  bytesValue?: string | undefined;
  boolValue?: boolean | undefined;
  nullValue?: null | undefined;
  typeValue?: string | undefined;
  listValue?: { values?: SpecValue[] | undefined } | undefined;
  mapValue?: { entries?: { key: SpecValue; value: SpecValue }[] | undefined } | undefined;
}

const Value: z.ZodType<SpecValue> = z.lazy(() =>
  z.strictObject({
    int64Value: z.string().optional(),
    uint64Value: z.string().optional(),
    doubleValue: z.union([z.number(), z.string()]).optional(),
    stringValue: z.string().optional(),
    bytesValue: z.string().optional(),
    boolValue: z.boolean().optional(),
    nullValue: z.null().optional(),
    typeValue: z.string().optional(),
    listValue: z.object({ values: z.array(Value).optional() }).optional(),
    mapValue: z
      .object({ entries: z.array(z.object({ key: Value, value: Value })).optional() })
      .optional(),
  }),
);

const Test = z.object({
  expr: z.string(),
  disableCheck: z.boolean().optional(),
  typeEnv: z.array(z.object({ name: z.string(), ident: z.object({ type: z.json() }) })).optional(),
  bindings: z.record(z.string(), z.object({ value: Value })).optional(),
  value: Value.optional(),
  typedResult: z.object({ result: Value.optional() }).optional(),
  evalError: z.json().optional(),
});

/** What an expression must give; null when it must fail. */
export interface Case {
  expression: string;
  isChecked: boolean;
  types: readonly { name: string; type: z.core.util.JSONType }[];
  bindings: Readonly<Record<string, SpecValue>>;
  expected: SpecValue | null;
}

export interface Section {
  name: string;
  cases: readonly Case[];
  /** Those about protobuf messages, which nothing of ours is, or about checking alone. */
  leftOut: number;
}

type Suite = Pick<typeof tests, 'suites' | 'tests' | 'name'>;

/** The public conformance data of CEL, as the specification's package ships it. */
export function sections(): readonly Section[] {
  return (tests.suites ?? []).map((suite) => {
    const all = testsOf(suite);
    const cases = all.flatMap(toCase);
    return { name: suite.name, cases, leftOut: all.length - cases.length };
  });
}

function testsOf(suite: Suite): unknown[] {
  const own = (suite.tests ?? []).map(({ original }) => original);
  return [...own, ...(suite.suites ?? []).flatMap(testsOf)];
}

function toCase(given: unknown): Case[] {
  const parsed = Test.safeParse(given);
  if (!parsed.success || isLeftOut(JSON.stringify(given))) return [];
  const { expr, disableCheck, typeEnv = [], bindings = {}, evalError } = parsed.data;
  const { value = parsed.data.typedResult?.result ?? { boolValue: true } } = parsed.data;
  return [
    {
      expression: expr,
      isChecked: disableCheck !== true,
      types: typeEnv.map(({ name, ident }) => ({ name, type: ident.type })),
      bindings: Object.fromEntries(
        Object.entries(bindings).map(([name, one]) => [name, one.value]),
      ),
      expected: evalError === undefined ? value : null,
    },
  ];
}

function isLeftOut(json: string): boolean {
  return /"checkOnly":true|"container"|messageType|TestAllTypes|google\.protobuf\.(?!Timestamp|Duration)/.test(
    json,
  );
}
