/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows lie out of the flow, where elements of a table lose what they mean. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';

import { useWords } from '../text/language-context.tsx';
import { FleetRow } from './fleet-row.tsx';
import type { FleetView } from './use-fleet.ts';

/** Of a row until it is measured, in pixels: a line where there is room, else a card. */
const guessedHeights = { line: 69, card: 190 };
const roomy = '(min-width: 60rem)';
const beyond = 6;
/** What is only scrolled past is not asked for: the gateway would work on each of it. */
const restMs = 100;

interface FleetTableProps {
  view: FleetView;
  total: number;
}

/** Thousands of rows, of which those on the screen exist; a table by its roles, for its rows lie out of the flow. */
export function FleetTable({ view, total }: FleetTableProps) {
  const words = useWords();
  const { columns } = words.fleet;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const place = () => setTop(element.getBoundingClientRect().top + window.scrollY);
    place();
    const moved = new ResizeObserver(place);
    moved.observe(document.body);
    return () => moved.disconnect();
  }, []);
  // Asked for each of the rows.
  const [guessed] = useState(() => guessedHeights[matchMedia(roomy).matches ? 'line' : 'card']);
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by what it returns.
  const rows = useWindowVirtualizer({
    count: total,
    estimateSize: () => guessed,
    overscan: beyond,
    scrollMargin: top,
  });
  const shown = rows.getVirtualItems();
  const first = shown[0]?.index ?? 0;
  const last = shown.at(-1)?.index ?? 0;
  const { show } = view;
  useEffect(() => {
    const timer = setTimeout(() => show(first, last), restMs);
    return () => clearTimeout(timer);
  }, [show, first, last]);
  return (
    <div
      role="table"
      className="fleet-table"
      aria-label={words.page.devices}
      aria-rowcount={total + 1}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className="fleet-row fleet-head">
          {Object.entries(columns).map(([key, name]) => (
            <span key={key} role="columnheader">
              {name}
            </span>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="fleet-body" ref={box} style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start }) => (
          <FleetRow
            key={index}
            ref={rows.measureElement}
            index={index}
            offset={start - top}
            device={view.deviceAt(index)}
          />
        ))}
      </div>
    </div>
  );
}
