import type { ReactNode } from 'react';

import type { AlertView } from '../../gateway/protocol/alert.ts';
import { AlertCard } from './alert-card.tsx';

interface AlertSectionProps {
  name: string;
  title: string;
  alerts: readonly AlertView[];
  /** What to say when there are none; without it an empty section is left out. */
  empty?: ReactNode;
}

export function AlertSection({ name, title, alerts, empty }: AlertSectionProps) {
  if (alerts.length === 0 && empty === undefined) return null;
  const titleId = `section-${name}`;
  return (
    <section className="alert-section" data-section={name} aria-labelledby={titleId}>
      <h2 id={titleId}>
        {title} {alerts.length > 0 && <span className="count">{alerts.length}</span>}
      </h2>
      {alerts.length === 0 ? (
        empty
      ) : (
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
