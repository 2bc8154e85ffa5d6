import type { Alert } from '../domain/alert/alert.ts';
import { presentAlert, presentEvent } from '../domain/alert/present.ts';
import type { CommittedChange } from '../domain/hub.ts';
import { maySeeAlert, type Scope } from '../domain/scope.ts';
import type { AlertChange } from '../protocol/stream.ts';
import { type Frame, frameOf } from './frame.ts';
import type { Screen } from './screen.ts';

/** All screens that may see the same: what is for one is made once, for all. */
export interface Audience {
  /** That of them all: it names none of them. */
  scope: Scope;
  screens: Set<Screen>;
  /** Whether a heartbeat is on its way to them. */
  isBeating: boolean;
}

/** Keeps screens together by what they may see. */
export interface Audiences {
  all: () => Iterable<Audience>;
  join: (screen: Screen) => void;
  leave: (screen: Screen) => void;
}

export function createAudiences(): Audiences {
  const byKey = new Map<string, Audience>();

  return {
    all: () => byKey.values(),
    join: (screen) => {
      const { scope } = screen.account;
      const key = sightOf(scope);
      const common = { ...scope, userId: '' };
      const audience = byKey.get(key) ?? { scope: common, screens: new Set(), isBeating: false };
      byKey.set(key, audience);
      audience.screens.add(screen);
    },
    leave: (screen) => {
      const key = sightOf(screen.account.scope);
      const audience = byKey.get(key);
      if (audience?.screens.delete(screen) === true && audience.screens.size === 0)
        byKey.delete(key);
    },
  };
}

/** The same for all scopes that see the same. */
export function sightOf({ municipalityId, role, units }: Scope): string {
  return JSON.stringify([municipalityId, role, units === 'all' ? units : units.toSorted()]);
}

/** People whom a commit concerns by name: they may see of it what others with the same work may not. */
export function namedIn(changes: readonly CommittedChange[]): ReadonlySet<string> {
  const named = changes.flatMap(({ alert, before }) =>
    [alert, before].flatMap((each) => (each === null ? [] : peopleWith(each))),
  );
  return new Set(named);
}

function peopleWith({ by, asked }: Alert): string[] {
  const people = asked.flatMap(({ kind, ref }) => (kind === 'person' ? [ref] : []));
  return by === null ? people : [by, ...people];
}

/** Deliveries concern no screen. */
const untold: ReadonlySet<string> = new Set(['delivered', 'undelivered']);

/** Asked about an instant before all, nobody's hours are over. */
const ever = -1;

/** What a commit means at this instant to those with this scope; null for nothing. */
export function frameFor(
  scope: Scope,
  { seq, at }: { seq: number; at: number },
  changes: readonly CommittedChange[],
): Frame | null {
  const seen: AlertChange[] = [];
  const gone = new Set<string>();
  for (const change of changes) {
    if (!maySeeAlert(scope, change.alert, at)) {
      const wasSeen = change.before !== null && maySeeAlert(scope, change.before, ever);
      if (wasSeen) gone.add(change.alert.id);
      continue;
    }
    if (untold.has(change.event.type)) continue;
    seen.push({
      seq: change.seq,
      event: presentEvent(change.event, change.seq, change.names),
      alert: presentAlert(change.alert, change.seq, change.names, scope),
    });
  }
  if (seen.length === 0 && gone.size === 0) return null;
  return frameOf({ type: 'changes', seq, changes: seen, gone: [...gone] });
}
