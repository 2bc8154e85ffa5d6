import type { DemoStart } from './demo-start.ts';
import type { Idle } from './idle.ts';
import type { LatencyRow } from './latency.ts';
import type { Sustained } from './sustained.ts';
import type { Throughput } from './throughput.ts';

/** A line of what is printed. */
export interface Row {
  what: string;
  value: string;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const perSecond = (count: number) => `${whole.format(count)}/s`;
const ms = (time: number) => `${fine.format(time)} ms`;
const cost = (microseconds: number) => `${fine.format(microseconds)} µs CPU each`;

export function rowsOfThroughput({ candidates, eventBytes, rounds }: Throughput): Row[] {
  const [bare] = candidates;
  return candidates.map((one) => ({
    what: `${one.name} (${eventBytes} bytes, median of ${rounds})`,
    value: [
      perSecond(one.perSecond),
      `${fine.format(one.perSecond / (bare?.perSecond ?? Number.NaN))} of bare aedes`,
      `PUBACK p50 ${ms(one.ackP50)} p99 ${ms(one.ackP99)}`,
      cost(one.serverMicroseconds),
    ].join(', '),
  }));
}

export function rowsOfLatency(rows: readonly LatencyRow[]): Row[] {
  return rows.map((row) => ({
    what: `event → screen at ${perSecond(row.wanted)}, ${row.callShare * 100} % calls`,
    value: [
      `p50 ${ms(row.p50)} p99 ${ms(row.p99)}`,
      `${perSecond(row.perSecond)} acknowledged`,
      `PUBACK p99 ${ms(row.ackP99)}`,
      cost(row.serverMicroseconds),
      `${row.samples} samples, ${row.missing} never shown, ${row.closed} screens cut off`,
    ].join(', '),
  }));
}

export function rowsOfSustained(rows: readonly Sustained[]): Row[] {
  return rows.map((row) => ({
    what: `sustained, whole rule set, ${row.homes} homes`,
    value: [
      perSecond(row.perSecond),
      `PUBACK p50 ${ms(row.ackP50)} p99 ${ms(row.ackP99)}`,
      `screen p99 ${ms(row.screenP99)}`,
      cost(row.serverMicroseconds),
    ].join(', '),
  }));
}

export function rowsOfIdle({ connections, acceptedInMs, bytesEach, bytesBefore }: Idle): Row[] {
  return [
    { what: `${whole.format(connections)} connections accepted in`, value: ms(acceptedInMs) },
    { what: 'memory for each', value: `${fine.format(bytesEach / 1024)} KiB` },
    { what: 'memory before', value: `${fine.format(bytesBefore / 1024 ** 2)} MiB` },
  ];
}

export function rowsOfDemoStart({ firstMs, againMs }: DemoStart): Row[] {
  return [
    { what: 'npm run demo until ready, empty data directory', value: ms(firstMs) },
    { what: 'npm run demo until ready, again', value: ms(againMs) },
  ];
}
