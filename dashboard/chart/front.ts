import { severities, type Severity } from '../../gateway/protocol/alert.ts';

/** Of marks that stand upon each other the most urgent is in front. */
export function frontOf(severity: Severity): number {
  return severities.length - severities.indexOf(severity);
}
