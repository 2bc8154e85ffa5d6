import type { AlertView, TimelineEntry } from '../../../gateway/protocol/alert.ts';
import type { AlertChange } from '../../../gateway/protocol/stream.ts';

/** An alert that waits for an answer; name only what the test is about. */
export function anAlert(facts: Partial<AlertView> = {}): AlertView {
  return {
    id: 'alert-1',
    queue: 'care',
    state: 'firing',
    severity: 'high',
    rule: { id: 'door', version: 1, title: { sv: 'Dörren öppen', en: 'Door open' }, action: null },
    unitId: 'unit-1',
    home: { id: 'home-1', label: 'Skogsgatan 4' },
    resident: { name: 'Elsa B' },
    device: { id: 'device-1', name: 'Dörr', placement: 'bedroom' },
    raisedAt: 1_000,
    since: 1_000,
    lateMs: null,
    repeats: 0,
    step: 0,
    audience: 'unit',
    next: { what: 'escalate', at: 61_000, since: 1_000, audience: 'unit' },
    inhibitedBy: null,
    acceptedBy: null,
    etaAt: null,
    arrivedAt: null,
    clearedAt: null,
    resolvedAt: null,
    outcome: null,
    isTest: false,
    seq: 1,
    ...facts,
  };
}

export function aChange(alert: AlertView): AlertChange {
  const event: TimelineEntry = {
    seq: alert.seq,
    at: 5_000,
    type: 'raised',
    by: null,
    text: null,
    reason: null,
    step: null,
    severity: null,
    outcome: null,
    eventId: null,
  };
  return { seq: alert.seq, event, alert };
}
