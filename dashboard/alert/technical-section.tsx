import { useState } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { useWords } from '../text/language-context.tsx';
import { AlertCard } from './alert-card.tsx';

/** The equipment's own alerts, folded away so that they never push a person's off the screen. */
export function TechnicalSection({ alerts }: { alerts: readonly AlertView[] }) {
  const words = useWords();
  const [isOpen, setOpen] = useState(false);
  if (alerts.length === 0) return null;
  return (
    <section className="alert-section" data-section="technical">
      <h2>
        <button
          type="button"
          className="fold"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {words.board.technical} <span className="count">{alerts.length}</span>
        </button>
      </h2>
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
