import { InstallationView } from '../../../gateway/protocol/device/installation.ts';

/** An installation that has just begun, but for what is given. */
export function installation(given: Partial<InstallationView> = {}): InstallationView {
  return InstallationView.parse({
    id: 'installation-1',
    step: 'device',
    state: 'open',
    home: { id: 'skogsgatan', label: 'Skogsgatan 4' },
    by: { id: 'tore', name: 'Tore' },
    startedAt: 0,
    changedAt: 0,
    replaces: null,
    device: null,
    firstMessageAt: null,
    tests: [],
    alarm: { armedAt: null, alertId: null, raisedAt: null, acceptedAt: null, acceptedBy: null },
    trialUntil: null,
    signed: null,
    ...given,
  });
}
