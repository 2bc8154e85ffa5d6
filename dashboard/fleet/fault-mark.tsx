import type { ReactNode } from 'react';

import type { Fault } from '../../gateway/protocol/device/fleet.ts';

const battery = <path d="M2 8h17v9H2zM22 11v3" />;

const shapes: Record<Fault, ReactNode> = {
  silent: <path d="M12 2 23.5 22H.5z" className="filled" />,
  'hub-away': <path d="M4 4l16 16M20 4 4 20" />,
  'battery-urgent': (
    <>
      {battery}
      <path d="M5 11v3" />
    </>
  ),
  unfinished: <path d="M12 3l9 9-9 9-9-9zM12 8v5M12 16h.01" />,
  quarantine: <path d="M12 3a9 9 0 1 0 .01 0zM6 6l12 12" />,
  'battery-low': (
    <>
      {battery}
      <path d="M5 11v3M8 11v3" />
    </>
  ),
  'battery-falling': <path d="M3 6l7 7 4-4 7 8M21 11v6h-6" />,
  'weak-link': <path d="M4 20v-4M10 20v-8M15 5l6 6M21 5l-6 6" />,
  'clock-wrong': <path d="M12 3a9 9 0 1 0 .01 0zM12 7v6l4 2" />,
  'not-understood': <path d="M8 8a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1.3-1.5 2.8M12 19h.01" />,
};

/** How pressing a fault is, as a colour beside its shape and its word. */
export const weights: Record<Fault, 'urgent' | 'soon' | 'note'> = {
  silent: 'urgent',
  'hub-away': 'urgent',
  'battery-urgent': 'urgent',
  unfinished: 'soon',
  quarantine: 'soon',
  'battery-low': 'soon',
  'battery-falling': 'soon',
  'weak-link': 'soon',
  'clock-wrong': 'soon',
  'not-understood': 'note',
};

export function FaultMark({ fault }: { fault: Fault }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className="fault-mark" data-weight={weights[fault]}>
      {shapes[fault]}
    </svg>
  );
}
