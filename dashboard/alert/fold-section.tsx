import { useState, type ReactNode } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { AlertCard } from './alert-card.tsx';

interface FoldSectionProps {
  name: string;
  title: ReactNode;
  alerts: readonly AlertView[];
  heading?: 'h2' | 'h3';
}

/** Alerts folded away so that they never push others off the screen. */
export function FoldSection({ name, title, alerts, heading: Heading = 'h2' }: FoldSectionProps) {
  const [isOpen, setOpen] = useState(false);
  if (alerts.length === 0) return null;
  return (
    <section className="alert-section" data-section={name}>
      <Heading>
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {title} <span className="count">{alerts.length}</span>
        </button>
      </Heading>
      {/* What is folded away is not drawn, and so not reported as seen. */}
      {isOpen && (
        <ul className="alert-list">
          {alerts.map((alert) => (
            <li key={alert.id}>
              <AlertCard alert={alert} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
