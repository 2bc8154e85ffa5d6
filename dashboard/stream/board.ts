import type { AlertView } from '../../gateway/protocol/alert.ts';
import type { AlertPage } from '../../gateway/protocol/api.ts';
import type { AlertChange } from '../../gateway/protocol/stream.ts';

/** What a screen knows of the alerts, and the stream position it knows it at. */
export interface Board {
  readonly seq: number;
  readonly alerts: ReadonlyMap<string, AlertView>;
  /** By which change each alert was last handed from one person to another, of those that the stream has told of. */
  readonly handed: ReadonlyMap<string, number>;
}

export const emptyBoard: Board = { seq: 0, alerts: new Map(), handed: new Map() };

/** What one message of the stream tells. */
export interface Told {
  seq: number;
  changes: readonly AlertChange[];
  /** Alerts that are no longer the reader's to see. */
  gone: readonly string[];
}

/** Takes in one commit. The same again, or an older one, changes nothing. */
export function applyChanges(
  board: Board,
  changes: readonly AlertChange[],
  seq: number,
  gone: readonly string[] = [],
): Board {
  const alerts = new Map(board.alerts);
  const handed = new Map(board.handed);
  for (const { alert, event, seq: at } of changes) {
    if (event.type === 'handed-over') handed.set(alert.id, at);
    const before = alerts.get(alert.id);
    if (before !== undefined && before.seq >= alert.seq) continue;
    alerts.set(alert.id, alert);
  }
  for (const id of gone) alerts.delete(id);
  return forgetResolved({ seq: Math.max(board.seq, seq), alerts, handed });
}

/** Takes in what a command was answered with, unless the stream was faster. */
export function applyAnswer(board: Board, alert: AlertView): Board {
  const before = board.alerts.get(alert.id);
  if (before !== undefined && before.seq >= alert.seq) return board;
  // A resolved alert that is not on the board was forgotten because the stream has passed it.
  if (before === undefined && alert.seq <= board.seq) return board;
  return { ...board, alerts: new Map(board.alerts).set(alert.id, alert) };
}

/**
 * Replaces all that the page can tell of; what changed after it was read is kept. `meanwhile` is what the stream
 * told while the page was on its way: an alert resolved in that time is forgotten, and still firing on the page; one
 * that ceased to be the reader's may still be on it.
 * After a `reset` start from the empty board: what was known may carry higher numbers than a restored gateway gives.
 */
export function refill(
  board: Board,
  page: Pick<AlertPage, 'items' | 'seq'>,
  meanwhile: readonly Told[] = [],
): Board {
  const alerts = new Map(page.items.map((alert) => [alert.id, alert]));
  for (const alert of board.alerts.values()) {
    const fresh = alerts.get(alert.id);
    if (alert.seq > (fresh?.seq ?? page.seq)) alerts.set(alert.id, alert);
  }
  // What ceases at a time of day does so without a change of its own, at a position the page may have too.
  return meanwhile
    .filter(({ seq }) => seq >= page.seq)
    .reduce<Board>(
      (known, { changes, seq, gone }) =>
        applyChanges(
          known,
          changes.filter((change) => change.seq > page.seq),
          seq,
          gone,
        ),
      applyChanges({ ...board, alerts }, [], page.seq),
    );
}

/** A resolved alert is kept until the stream has passed it: an older change must not raise it from the dead. */
function forgetResolved(board: Board): Board {
  const isKept = (alert: AlertView) => alert.state !== 'resolved' || alert.seq > board.seq;
  const alerts = new Map([...board.alerts].filter(([, alert]) => isKept(alert)));
  return { ...board, alerts, handed: new Map([...board.handed].filter(([id]) => alerts.has(id))) };
}

/** What a colleague has handed to the reader and the reader still has, with the change by which it was. */
export function handedTo(board: Board, readerId: string): { alert: AlertView; seq: number }[] {
  return [...board.handed].flatMap(([id, seq]) => {
    const alert = board.alerts.get(id);
    const isHeld = alert?.acceptedBy?.id === readerId && alert.state !== 'resolved';
    return isHeld ? [{ alert, seq }] : [];
  });
}
