import { useEffect, useState } from 'react';

import type { RuleCheck } from '../../gateway/protocol/rule/rule-api.ts';
import { checkRule } from '../api/rule-api.ts';
import type { Draft } from './draft.ts';
import { withoutIndex } from './draft.ts';

const pauseMs = 600;

/** What only the gateway knows of a rule that reads, once the writer pauses; null until it has answered. */
export function useRuleCheck({ source, rule }: Draft): RuleCheck | null {
  const [answer, setAnswer] = useState<{ source: string; check: RuleCheck } | null>(null);
  const isReadable = rule !== null;
  useEffect(() => {
    if (!isReadable) return;
    const stopping = new AbortController();
    const timer = setTimeout(() => {
      checkRule(source, stopping.signal).then(
        ({ problems, warnings }) => {
          const check = {
            problems: problems.map(withoutIndex),
            warnings: warnings.map(withoutIndex),
          };
          if (!stopping.signal.aborted) setAnswer({ source, check });
        },
        // Whoever activates is told by the gateway in any case.
        () => undefined,
      );
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      stopping.abort();
    };
  }, [source, isReadable]);
  return isReadable && answer?.source === source ? answer.check : null;
}
