import { randomBytes, randomUUID } from 'node:crypto';

import { Registry } from 'prom-client';

import type { Scope } from '../../../gateway/domain/scope.ts';
import type { EventType } from '../../../gateway/protocol/catalogue.ts';
import type { InstallationView } from '../../../gateway/protocol/device/installation.ts';
import { createHub } from '../../../gateway/services/hub.ts';
import { createInstallationDesk } from '../../../gateway/services/installation-desk.ts';
import { createMetrics } from '../../../gateway/services/metrics.ts';
import { entry } from '../store/furnish.ts';
import { openArrangedWorld, tore } from './arranged-world.ts';
import { termsFor } from './core.ts';

/** The arranged world with the desk where devices are installed, and devices that tell things. */
export async function openInstallationWorld() {
  const world = await openArrangedWorld();
  const { store, clock } = world;
  const cut: string[] = [];
  const changes: object[] = [];
  const desk = createInstallationDesk({
    store,
    hub: createHub((error) => {
      throw error;
    }),
    termsFor,
    metrics: createMetrics(new Registry()),
    clock: clock.now,
    accessLog: store.accessLog,
    newId: randomUUID,
    random: randomBytes,
    mqttUrl: () => 'mqtt://vaka.example:1883',
    disconnected: (deviceId) => cut.push(deviceId),
    changed: (change) => changes.push(change),
  });

  /** A device tells something in a home, now; as ingest would keep it. */
  async function tells(deviceId: string, type: EventType, homeId = 'home-1'): Promise<void> {
    const at = clock.now();
    await store.transaction(async (ledger) => {
      await ledger.append([
        entry({ id: randomUUID(), deviceId, homeId, type, at, receivedAt: at }),
      ]);
      const seen = { deviceId, municipalityId: 'norr', lastSeenAt: at, connected: true };
      await ledger.noteDevices([seen]);
    });
  }

  /** A test alarm of the device, as its home would raise it. */
  function alarm(deviceId: string, homeId = 'home-1'): Promise<string> {
    return world.raise(homeId, { deviceId, about: 'technical', severity: 'medium' });
  }

  async function begin(scope: Scope = tore, homeId = 'home-1'): Promise<string> {
    return (await desk.begin(scope, { homeId })).id;
  }

  /** A new device of a kind, put up at the front door. */
  async function placed(
    profile: 'call-button' | 'door-contact' = 'door-contact',
    begun?: string,
  ): Promise<{ id: string; deviceId: string; view: InstallationView }> {
    const id = begun ?? (await begin());
    const { secret } = await desk.choose(tore, id, { profile });
    const where = { placement: 'entrance', name: 'Ytterdörren' } as const;
    const view = await desk.place(tore, id, where);
    return { id, deviceId: secret?.deviceId ?? '', view };
  }

  /** All that is to be done before it is signed. */
  async function tried(begun?: string) {
    const { id, deviceId } = await placed('door-contact', begun);
    clock.pass(1_000);
    await tells(deviceId, 'door.opened');
    await tells(deviceId, 'door.closed');
    await desk.arm(tore, id);
    clock.pass(1_000);
    const alertId = await alarm(deviceId);
    await world.command(alertId, {
      type: 'accept',
      at: clock.now(),
      by: 'tore',
      etaMinutes: null,
    });
    return { id, deviceId, alertId };
  }

  const holds = async () => (await store.staffing.arrangements()).holds;
  return {
    ...world,
    holdDesk: world.holds,
    desk,
    cut,
    changes,
    tells,
    alarm,
    begin,
    placed,
    tried,
    holds,
  };
}
