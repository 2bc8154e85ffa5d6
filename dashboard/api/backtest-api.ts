import { z } from 'zod';

import {
  Backtest,
  type BacktestRequest,
  OccurrencePage,
  type OccurrenceQuery,
  type TuningRequest,
} from '../../gateway/protocol/rule/backtest.ts';
import { request } from './request.ts';

const Started = z.object({ id: z.string() });

function path(id: string, rest = ''): string {
  return `/backtests/${encodeURIComponent(id)}${rest}`;
}

/** Answers with the id to ask about. */
export async function startBacktest(body: z.input<typeof BacktestRequest>): Promise<string> {
  return (await request(Started, '/backtests', { method: 'POST', body })).id;
}

export async function startTuning(body: z.input<typeof TuningRequest>): Promise<string> {
  return (await request(Started, '/tunings', { method: 'POST', body })).id;
}

export function fetchBacktest(id: string, signal: AbortSignal): Promise<Backtest> {
  return request(Backtest, path(id), { signal });
}

export async function cancelBacktest(id: string): Promise<void> {
  await request(z.unknown(), path(id), { method: 'DELETE' });
}

export function fetchOccurrences(
  id: string,
  query: Partial<OccurrenceQuery>,
  signal: AbortSignal,
): Promise<OccurrencePage> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)]));
  return request(OccurrencePage, path(id, `/occurrences?${search.toString()}`), { signal });
}
