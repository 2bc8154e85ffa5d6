import * as buf from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { Environment } from '@marcbachmann/cel-js';
import { UnsignedInt } from '@marcbachmann/cel-js/evaluator';

import type { Case, SpecValue } from './cel-case.ts';

/** An evaluator as the conformance data sees it. */
export interface Engine {
  name: string;
  /** What the expression gives, as text. @throws when it is refused or fails. */
  run: (given: Case) => string;
}

export const celJs: Engine = {
  name: '@marcbachmann/cel-js',
  run: ({ expression, isChecked, types, bindings }) => {
    const environment = new Environment({
      unlistedVariablesAreDyn: !isChecked,
      homogeneousAggregateLiterals: false,
      enableOptionalTypes: true,
    });
    for (const { name, type } of types) environment.registerVariable(name, typeName(type));
    const program = environment.parse(expression);
    if (isChecked) {
      const { valid, error } = program.check();
      if (!valid) throw error ?? new Error('It does not type-check.');
    }
    return textOf(program(valuesOf(bindings, (value) => new UnsignedInt(value))));
  },
};

export const bufCel: Engine = {
  name: '@bufbuild/cel',
  run: ({ expression, bindings }) => {
    const environment = buf.celEnv({ funcs: strings });
    const program = buf.plan(environment, buf.parse(expression));
    const result = program(valuesOf(bindings, buf.celUint) as Record<string, buf.CelInput>);
    if (buf.isCelError(result)) throw result;
    return textOf(result);
  },
};

function valuesOf(
  bindings: Case['bindings'],
  uint: (value: bigint) => unknown,
): Record<string, unknown> {
  const read = (value: SpecValue): unknown => {
    if (value.int64Value !== undefined) return BigInt(value.int64Value);
    if (value.uint64Value !== undefined) return uint(BigInt(value.uint64Value));
    if (value.doubleValue !== undefined) return Number(value.doubleValue);
    if (value.bytesValue !== undefined)
      return Uint8Array.from(Buffer.from(value.bytesValue, 'base64'));
    if (value.listValue !== undefined) return (value.listValue.values ?? []).map(read);
    if (value.mapValue !== undefined)
      return new Map((value.mapValue.entries ?? []).map((one) => [read(one.key), read(one.value)]));
    return value.stringValue ?? value.boolValue ?? null;
  };
  return Object.fromEntries(Object.entries(bindings).map(([name, value]) => [name, read(value)]));
}

/** The type of a variable as cel-js writes it. */
function typeName(type: unknown): string {
  const { primitive, wellKnown, listType, mapType } = type as {
    primitive?: string;
    wellKnown?: string;
    listType?: { elemType: unknown };
    mapType?: { keyType: unknown; valueType: unknown };
  };
  if (listType !== undefined) return `list<${typeName(listType.elemType)}>`;
  if (mapType !== undefined)
    return `map<${typeName(mapType.keyType)}, ${typeName(mapType.valueType)}>`;
  if (wellKnown !== undefined)
    return `google.protobuf.${wellKnown === 'TIMESTAMP' ? 'Timestamp' : 'Duration'}`;
  return primitive === undefined ? 'dyn' : primitive.toLowerCase().replace('64', '');
}

/** What the data expects, as text. */
export function expectedText(value: SpecValue): string {
  if (value.typeValue !== undefined) return `type ${value.typeValue}`;
  if (value.listValue !== undefined)
    return `[${(value.listValue.values ?? []).map(expectedText).join(', ')}]`;
  if (value.mapValue !== undefined)
    return mapText(
      (value.mapValue.entries ?? []).map((one) => [expectedText(one.key), expectedText(one.value)]),
    );
  if (value.uint64Value !== undefined) return `${value.uint64Value}u`;
  const [only] = Object.values(valuesOf({ value }, String));
  return textOf(only);
}

function mapText(entries: readonly (readonly [string, string])[]): string {
  return `{${entries
    .map((entry) => entry.join(': '))
    .sort()
    .join(', ')}}`;
}

/** A result of either evaluator as text, so that both are compared alike. */
function textOf(value: unknown): string {
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value === 'number') return `double ${value}`;
  return value === null || typeof value !== 'object' ? JSON.stringify(value) : objectText(value);
}

function objectText(value: object): string {
  if (value instanceof UnsignedInt || buf.isCelUint(value)) return `${value.value}u`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('base64')}`;
  if (Array.isArray(value) || buf.isCelList(value)) return `[${[...value].map(textOf).join(', ')}]`;
  if (buf.isCelType(value) || value.constructor.name === 'Type')
    return `type ${(value as { name: string }).name}`;
  const isMap = value instanceof Map || buf.isCelMap(value);
  const entries = isMap ? [...value] : Object.entries(value);
  return mapText(entries.map(([key, one]) => [textOf(key), textOf(one)]));
}
