import type { ReactNode } from 'react';

import type { Severity } from '../../gateway/protocol/alert.ts';

const gear =
  'M10.3 2h3.4l.5 2.7 1.8.8 2.3-1.6 2.4 2.4-1.6 2.3.8 1.8 2.6.5v3.4l-2.7.5-.7 1.7 1.6 2.3-2.4 2.4-2.3-1.6-1.8.8-.5 2.6h-3.4l-.5-2.7-1.7-.7-2.4 1.6-2.4-2.4 1.6-2.3-.8-1.8L1.6 14v-3.3l2.7-.5.8-1.8-1.6-2.3 2.4-2.4 2.3 1.6 1.7-.8zM12 8.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z';

const shapes: Record<Severity, ReactNode> = {
  emergency: <path d="M12 2 23.5 22H.5z" />,
  high: <path d="M12 1 23 12 12 23 1 12z" />,
  medium: <circle cx="12" cy="12" r="10" />,
  low: <circle cx="12" cy="12" r="9" className="hollow" />,
  technical: <path d={gear} fillRule="evenodd" />,
};

/** The shape of a severity. The word stands beside it, so it is hidden from those who hear the page. */
export function SeverityMark({
  severity,
  isCalling = false,
}: {
  severity: Severity;
  isCalling?: boolean;
}) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      className="severity-mark"
      data-severity={severity}
      data-calling={(isCalling && severity === 'emergency') || undefined}
    >
      {shapes[severity]}
    </svg>
  );
}
