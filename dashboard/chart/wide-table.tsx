import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';

import './chart.css';
import './wide-table.css';

interface WideTableProps {
  /** What the keyboard's reader hears when it is reached; the table's own caption. */
  name: string;
  children: ReactNode;
}

/** Room for a table: where it is wider than the screen it is scrolled sideways, also by keyboard, and an edge shows where more is. */
export function WideTable({ name, children }: WideTableProps) {
  const { box, before, after, measure } = useHidden();
  const isWide = before || after;
  return (
    <div
      className="figures-box"
      data-before={before ? '' : undefined}
      data-after={after ? '' : undefined}
    >
      <div
        ref={box}
        className="figures-scroll"
        onScroll={measure}
        {...(isWide && { role: 'group', 'aria-label': name, tabIndex: 0 })}
      >
        {children}
      </div>
    </div>
  );
}

/** A part of a pixel is not worth a shadow. */
const slack = 1;

/** Whether some of what is in a box lies outside of it, at either end. */
function useHidden() {
  const box = useRef<HTMLDivElement>(null);
  const [hidden, setHidden] = useState({ before: false, after: false });
  const measure = useCallback(() => {
    const element = box.current;
    if (element === null) return;
    const { scrollLeft, scrollWidth, clientWidth } = element;
    const before = scrollLeft > slack;
    const after = scrollWidth - clientWidth - scrollLeft > slack;
    setHidden((known) =>
      known.before === before && known.after === after ? known : { before, after },
    );
  }, []);
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const watching = new ResizeObserver(measure);
    watching.observe(element);
    const [table] = element.children;
    if (table !== undefined) watching.observe(table);
    return () => watching.disconnect();
  }, [measure]);
  return { box, ...hidden, measure };
}
