import { randomBytes } from 'node:crypto';

import type { Store } from '../../../gateway/domain/store.ts';
import { createOnboarding } from '../../../gateway/services/onboarding.ts';
import type { Fleet } from '../../../simulators/fleet.ts';
import type { FleetHub } from '../../../simulators/hub/fleet-hub.ts';
import { placedBehind } from '../../../simulators/hub/running-hub.ts';
import { parseScenario } from '../../../simulators/scenario.ts';
import { simulate, type SimulateOptions } from '../../../simulators/simulate.ts';
import type { Stats } from '../../../simulators/stats.ts';
import { openWorld, type World } from '../../e2e/world.ts';

const day = 24 * 3_600_000;

/** What happens in a home in ten minutes. */
const tenMinutes = parseScenario(`
  title: { sv: Tio minuter, en: Ten minutes }
  description: A press, a door, a leak and somebody who gets up.
  start: now
  duration: PT10M
  script:
    - { after: PT2M, what: help-press }
    - { after: PT3M, what: door-open, where: entrance }
    - { after: PT4M, what: door-close, where: entrance }
    - { after: PT5M, what: water-start }
    - { after: PT6M, what: movement, where: bedroom }
`);

export interface Town {
  world: World;
  hub: FleetHub;
  /** Ten minutes of the home, in a second or two. */
  play: (difference?: Partial<SimulateOptions>) => Promise<Stats>;
}

/** A gateway as it is run, and a home with this hub, whose devices are called by their addresses where they are placed. */
export async function openTown(given: Omit<FleetHub, 'id' | 'secret'>): Promise<Town> {
  const secrets = new Map<string, string>();
  const world = await openWorld({
    olderByMs: day,
    furnish: async (store, { at }) => {
      await furnish(store, { ...given, id: 'hub', secret: '' }, { secrets, at });
    },
  });
  const hub: FleetHub = { ...given, id: 'hub', secret: secrets.get('hub') ?? '' };
  const fleet: Fleet = {
    homes: [{ id: 'home', timeZone: 'Europe/Stockholm', devices: [], hubs: [hub] }],
  };
  const play = (difference: Partial<SimulateOptions> = {}) => {
    const { mqttUrl, publicUrl } = world.at();
    return simulate({
      mqttUrl,
      httpUrl: publicUrl,
      fleet,
      scenario: tenMinutes,
      seed: 'seed',
      speed: 500,
      signal: new AbortController().signal,
      clock: () => Date.now(),
      log: () => undefined,
      ...difference,
    });
  };
  return { world, hub, play };
}

async function furnish(
  { registry, transaction }: Store,
  hub: FleetHub,
  { secrets, at }: { secrets: Map<string, string>; at: number },
): Promise<void> {
  const onboarding = createOnboarding({ registry, clock: () => at, random: randomBytes });
  const municipalityId = 'norr';
  await onboarding.addMunicipality({ id: 'norr', name: 'Norr', timeZone: 'Europe/Stockholm' });
  await onboarding.addUnit({ id: 'natt', municipalityId, name: 'Natt' });
  await onboarding.addHome({
    id: 'home',
    municipalityId,
    unitId: 'natt',
    label: 'Skogsgatan 4',
    residents: ['Elsa B'],
    cohabitants: [],
    consents: ['help', 'activity', 'camera'],
  });
  const { secret } = await onboarding.addDevice({ id: hub.id, homeId: 'home', profile: 'hub' });
  secrets.set(hub.id, secret);
  for (const { address, profile, placement } of placedBehind(hub)) {
    await transaction(async ({ equipment }) => {
      await equipment.add({
        id: address,
        municipalityId,
        name: address,
        profile,
        modelId: null,
        model: null,
        behind: { hubId: hub.id, address },
        serial: null,
        secretHash: null,
        at,
      });
      const place = { deviceId: address, homeId: 'home', placement, name: address };
      await equipment.place(place, at);
    });
  }
  for (const [id, role, units] of [
    ['amina', 'carer', ['natt']],
    ['tore', 'technician', []],
  ] as const) {
    const email = `${id}@vaka.example`;
    const person = { id, municipalityId, email, name: id, role, units: [...units] };
    await registry.addUser({ ...person, passwordHash: null, at });
  }
}
