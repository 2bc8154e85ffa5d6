import { type ReactNode, useEffect, useRef } from 'react';

/** The words above what is shown this once; whoever asked for it is taken here, past the form that is gone. */
export function ShownOnce({ children }: { children: ReactNode }) {
  const top = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // The title of a dialog stands above what scrolls, and would cover it.
    top.current?.focus({ preventScroll: true });
    top.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <p ref={top} tabIndex={-1}>
      <strong>{children}</strong>
    </p>
  );
}
