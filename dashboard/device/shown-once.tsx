import { type ReactNode, useEffect, useRef } from 'react';

/** The words above what is shown this once; whoever asked for it is taken here, past the form that is gone. */
export function ShownOnce({ children }: { children: ReactNode }) {
  const top = useRef<HTMLParagraphElement>(null);
  useEffect(() => top.current?.focus(), []);
  return (
    <p ref={top} tabIndex={-1}>
      <strong>{children}</strong>
    </p>
  );
}
