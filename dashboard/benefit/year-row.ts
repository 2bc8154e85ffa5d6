import {
  benefitFields,
  benefitKeys,
  type BenefitParameters,
} from '../../gateway/protocol/report/benefit-field.ts';
import type { BenefitResult } from '../../gateway/protocol/report/benefit.ts';
import { csvOf } from '../chart/csv.ts';
import type { Dictionary } from '../text/sv.ts';

export const columns = [
  'year',
  'residents',
  'visits',
  'hours',
  'km',
  'costs',
  'saved',
  'net',
  'factor',
  'discountedNet',
  'cumulative',
] as const;
export type Column = (typeof columns)[number];

/** The years, and after an empty line the numbers they come from; with a mark by which spreadsheets know UTF-8. */
export function fileOf(
  parameters: BenefitParameters,
  { years }: BenefitResult,
  { benefit: said, locale }: Dictionary,
): string {
  const rows = years.map((year) =>
    columns.map((column) => (column === 'factor' ? year.factor : hundredths(year[column]))),
  );
  const given = benefitKeys.map((key) => {
    const { unit, source, initial } = benefitFields[key];
    const isOwn = parameters[key] !== initial;
    const whose = isOwn ? said.ownSource : said.sourceNames[source];
    return [said.fields[key], parameters[key], said.units[unit], whose];
  });
  const heads = columns.map((column) => said.columns[column]);
  const givenHeads = [said.parameter, said.value, said.unit, said.source];
  return `\uFEFF${csvOf([heads, ...rows], locale)}\r\n${csvOf([givenHeads, ...given], locale)}`;
}

function hundredths(value: number): number {
  return Math.round(value * 100) / 100;
}
