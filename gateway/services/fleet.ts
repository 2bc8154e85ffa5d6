import type { AccessLog } from '../domain/access-log.ts';
import type { Fleet, FleetStore } from '../domain/fleet.ts';
import { batteryEndsAt } from '../domain/fleet/battery-forecast.ts';
import { batteryLimits } from '../domain/fleet/fault.ts';
import { findDevices } from '../domain/fleet/find.ts';
import { presentDevice } from '../domain/fleet/present.ts';
import { type Visitable, visitsOf } from '../domain/fleet/visit.ts';
import type { Scope } from '../domain/scope.ts';
import { takeBreaths } from './breath.ts';
import { csvOfFleet } from './fleet-csv.ts';
import { createForecasts } from './fleet-forecast.ts';

export interface FleetOptions {
  fleet: FleetStore;
  accessLog: AccessLog;
  clock: () => number;
}

const dayMs = 86_400_000;

/** The equipment by its health, for whoever may see it; each disclosure is written down first. */
export function createFleet({ fleet, accessLog, clock }: FleetOptions): Fleet {
  const forecasts = createForecasts(fleet);

  async function all(scope: Scope): Promise<{ shown: readonly Visitable[]; at: number }> {
    const at = clock();
    const devices = await fleet.devices(scope, at);
    const endsAt = await forecasts.of(devices, at);
    const breathe = takeBreaths();
    const shown: Visitable[] = [];
    for (const facts of devices) {
      shown.push({ facts, device: presentDevice(facts, endsAt(facts.id), at) });
      if (shown.length % 1_000 === 0) await breathe();
    }
    return { shown, at };
  }

  const disclose = (scope: Scope, subjectId: string | null) =>
    accessLog.write(scope, { action: 'devices', subjectId, at: clock() });

  const entriesOf = (shown: readonly Visitable[]) =>
    shown.map(({ facts, device }) => ({ device, unitId: facts.unitId }));

  return {
    page: async (scope, query) => {
      const { shown } = await all(scope);
      const { items, ...counts } = findDevices(entriesOf(shown), query);
      await disclose(scope, null);
      return {
        items: items.slice(query.offset, query.offset + query.limit),
        total: items.length,
        ...counts,
        units: unitsOf(shown),
        profiles: [...new Set(shown.map(({ facts }) => facts.profile))].sort(),
      };
    },
    csv: async (scope, query) => {
      const { shown, at } = await all(scope);
      const { items } = findDevices(entriesOf(shown), query);
      await disclose(scope, null);
      return csvOfFleet(items, query.language, at);
    },
    visits: async (scope) => {
      const { shown, at } = await all(scope);
      await disclose(scope, null);
      return { items: visitsOf(shown, at) };
    },
    device: async (scope, id) => {
      const at = clock();
      const found = await fleet.device(scope, id, at);
      if (found === null) return null;
      const { facts, more } = found;
      await disclose(scope, id);
      const days = more.battery.map(({ day, percent }) => ({ day: day / dayMs, percent }));
      const endsAt = batteryEndsAt(days, batteryLimits(facts).urgentPercent, at);
      const device = { ...presentDevice(facts, endsAt, at), ...more, description: facts.model };
      // Whoever gives care has no use for what a message looked like.
      return scope.role === 'carer' ? { ...device, quarantine: [], notUnderstood: [] } : device;
    },
  };
}

function unitsOf(shown: readonly Visitable[]): { id: string; name: string }[] {
  const names = new Map<string, string>();
  for (const { facts } of shown) {
    if (facts.unitId !== null) names.set(facts.unitId, facts.unitName ?? facts.unitId);
  }
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'sv'));
}
