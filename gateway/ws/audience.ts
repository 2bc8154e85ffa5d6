import { presentAlert, presentEvent } from '../domain/alert/present.ts';
import type { CommittedChange } from '../domain/hub.ts';
import { maySeeAlert, type Scope } from '../domain/scope.ts';
import type { AlertChange } from '../protocol/stream.ts';
import { type Frame, frameOf } from './frame.ts';
import type { Screen } from './screen.ts';

/** All screens that may see the same: what is for one is made once, for all. */
export interface Audience {
  /** That of one of them; who it is does not matter here. */
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
      const audience = byKey.get(key) ?? { scope, screens: new Set(), isBeating: false };
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

/** What a commit means to those with this scope; null for nothing. Deliveries concern no screen. */
export function frameFor(
  scope: Scope,
  seq: number,
  changes: readonly CommittedChange[],
): Frame | null {
  const seen: AlertChange[] = [];
  for (const change of changes) {
    if (change.event.type === 'delivered' || !maySeeAlert(scope, change.alert)) continue;
    seen.push({
      seq: change.seq,
      event: presentEvent(change.event, change.seq, change.names),
      alert: presentAlert(change.alert, change.seq, change.names, scope),
    });
  }
  return seen.length === 0 ? null : frameOf({ type: 'changes', seq, changes: seen });
}
