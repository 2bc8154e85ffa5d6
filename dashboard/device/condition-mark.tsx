import type { ReactNode } from 'react';

import type { Condition } from './condition.ts';

const shapes: Record<Condition, ReactNode> = {
  silent: <path d="M12 2 23.5 22H.5z" className="filled" />,
  'low-battery': <path d="M2 8h17v9H2zM22 11v3M5 11v3" />,
  disconnected: <path d="M4 4l16 16M20 4 4 20" />,
  ok: <path d="M4 13l5 5L20 6" />,
  unsupervised: <path d="M5 12h14" />,
};

export function ConditionMark({ condition }: { condition: Condition }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="condition-mark">
      {shapes[condition]}
    </svg>
  );
}
