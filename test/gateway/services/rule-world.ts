import { randomUUID } from 'node:crypto';

import type { RuleEditor } from '../../../gateway/domain/rule-desk.ts';
import type { Scope } from '../../../gateway/domain/scope.ts';
import type { Store } from '../../../gateway/domain/store.ts';
import { createRuleDesk } from '../../../gateway/services/rule-desk.ts';
import type { RuleChange } from '../../../gateway/services/rule-office.ts';
import { readTemplates } from '../../../gateway/store/template-file.ts';
import { addUser, furnish, scopeOf } from '../store/furnish.ts';
import { createSqliteStorage } from '../store/sqlite-storage.ts';
import { createTestClock, type TestClock } from './core.ts';

export const cilla: Scope = scopeOf({ userId: 'cilla', role: 'coordinator' });
export const sara: Scope = scopeOf({ userId: 'sara', role: 'coordinator', municipalityId: 'syd' });

/** A rule in YAML: these fields, and what every rule must have. */
export function yaml(fields: string, id = 'door'): string {
  return `id: ${id}\ntitle: { sv: Regel, en: Rule }\nseverity: high\n${fields}\n`;
}

/** The desk of a store, and what it has told of its changes. */
export function deskOf(store: Store, clock: TestClock) {
  const told: RuleChange[] = [];
  const desk = createRuleDesk({
    store,
    clock: clock.now,
    newId: randomUUID,
    templates: readTemplates,
    changed: (change) => told.push(change),
  });
  return {
    desk,
    told,
    /** Puts a rule in force as whatever comes next. */
    put: async (source: string, some: { isOn?: boolean; by?: RuleEditor; id?: string } = {}) => {
      const { isOn = true, by = cilla, id = 'door' } = some;
      const { items } = await desk.list(by);
      const basedOn = items.find((rule) => rule.id === id)?.version ?? null;
      return desk.activate(by, id, { source, isOn, reason: 'A test wants it.', basedOn });
    },
  };
}

/** Two municipalities, three homes and two coordinators, on a real file. */
export async function openRuleWorld() {
  const storage = await createSqliteStorage();
  const store = await storage.open();
  const clock = createTestClock();
  await furnish(store, {
    norr: { 'norr-1': ['home-1', 'home-2'] },
    syd: { 'syd-1': ['home-3'] },
  });
  await addUser(store, { id: 'cilla', municipalityId: 'norr', name: 'Cilla', role: 'coordinator' });
  await addUser(store, { id: 'sara', municipalityId: 'syd', name: 'Sara', role: 'coordinator' });
  return { storage, store, clock, ...deskOf(store, clock) };
}
