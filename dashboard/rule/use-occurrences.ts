import { useEffect, useState } from 'react';

import type { Occurrence } from '../../gateway/protocol/rule/backtest.ts';
import { fetchOccurrences } from '../api/backtest-api.ts';

const pageSize = 500;
const maxPages = 10;

export interface Occurrences {
  /** Null until all are here, or when there are too many to fetch. */
  items: readonly Occurrence[] | null;
  hasTooMany: boolean;
  problem: unknown;
}

/** Every occurrence of one rule in a backtest that is done. */
export function useOccurrences(id: string, ruleId: string): Occurrences {
  const [found, setFound] = useState<Occurrences>({
    items: null,
    hasTooMany: false,
    problem: null,
  });
  useEffect(() => {
    const stopping = new AbortController();
    fetchAll(id, ruleId, stopping.signal).then(
      (items) => {
        if (!stopping.signal.aborted)
          setFound({ items, hasTooMany: items === null, problem: null });
      },
      (problem: unknown) => {
        if (!stopping.signal.aborted) setFound({ items: null, hasTooMany: false, problem });
      },
    );
    return () => stopping.abort();
  }, [id, ruleId]);
  return found;
}

async function fetchAll(
  id: string,
  rule: string,
  signal: AbortSignal,
): Promise<Occurrence[] | null> {
  const items: Occurrence[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const query = { rule, limit: pageSize, ...(cursor !== undefined && { cursor }) };
    const answer = await fetchOccurrences(id, query, signal);
    items.push(...answer.items);
    if (answer.next === null) return items;
    cursor = answer.next;
  }
  return null;
}
