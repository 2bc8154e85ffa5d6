import type { AlertView, Severity } from '../../gateway/protocol/alert.ts';
import { compareAlerts } from './order.ts';

/** Alerts of one home and severity. */
export interface Group {
  key: string;
  severity: Severity;
  /** The most urgent, which says where they are. */
  first: AlertView;
  alerts: AlertView[];
}

/** Emergencies each for themselves, and the rest by home and severity, the most urgent first. */
export function groupsOf(alerts: readonly AlertView[]): {
  emergencies: AlertView[];
  groups: Group[];
} {
  const sorted = alerts.toSorted(compareAlerts);
  const groups = new Map<string, Group>();
  for (const alert of sorted) {
    if (alert.severity === 'emergency') continue;
    const key = `${alert.severity} ${alert.home?.id ?? ''}`;
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, { key, severity: alert.severity, first: alert, alerts: [alert] });
    else group.alerts.push(alert);
  }
  return {
    emergencies: sorted.filter(({ severity }) => severity === 'emergency'),
    groups: [...groups.values()],
  };
}
