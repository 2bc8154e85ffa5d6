import type { AlertView, Asked, TimelineEntry } from '../../../gateway/protocol/alert.ts';
import type { AlertChange } from '../../../gateway/protocol/stream.ts';

/** The unit that answers for the home of `anAlert`. */
export const theUnit: Asked = { who: 'unit', id: 'unit-1', name: 'Nattpatrullen' };

/** An alert that waits for an answer; name only what the test is about. */
export function anAlert(facts: Partial<AlertView> = {}): AlertView {
  return {
    id: 'alert-1',
    queue: 'care',
    state: 'firing',
    severity: 'high',
    rule: { id: 'door', version: 1, title: { sv: 'Dörren öppen', en: 'Door open' }, action: null },
    municipality: { id: 'norr', name: 'Norrköpinge' },
    unit: { id: 'unit-1', name: 'Nattpatrullen' },
    home: { id: 'home-1', label: 'Skogsgatan 4', isOpen: true },
    resident: { name: 'Elsa B' },
    device: { id: 'device-1', name: 'Dörr', placement: 'bedroom' },
    raisedAt: 1_000,
    since: 1_000,
    lateMs: null,
    repeats: 0,
    step: 0,
    asked: [theUnit],
    declinedBy: [],
    next: { what: 'escalate', at: 61_000, since: 1_000, asks: [theUnit] },
    inhibitedBy: null,
    held: null,
    acceptedBy: null,
    helpWantedAt: null,
    helpers: [],
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
    other: null,
    asked: [],
    channel: null,
    text: null,
    reason: null,
    step: null,
    severity: null,
    outcome: null,
    eventId: null,
  };
  return { seq: alert.seq, event, alert };
}
