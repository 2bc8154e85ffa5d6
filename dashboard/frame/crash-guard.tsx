import { Component, type ReactNode } from 'react';

import { useWords } from '../text/language-context.tsx';

const reloadAfterMs = 10_000;

/** A screen on a wall has nobody to reload it: when drawing fails it says so, and starts again by itself. */
export class CrashGuard extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override componentDidCatch() {
    setTimeout(() => location.reload(), reloadAfterMs);
  }

  override render() {
    return this.state.hasCrashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const words = useWords();
  return (
    <main className="page">
      <p role="alert" className="stale-banner">
        {words.crashed}
      </p>
    </main>
  );
}
