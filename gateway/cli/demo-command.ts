import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Command } from 'commander';

import { Fleet } from '../../simulators/fleet.ts';
import { readConfig } from '../config.ts';
import { buildDashboard } from './build-dashboard.ts';
import { type CommandContext, signInUrl, type Tools, withTools } from './context.ts';
import { arrangeDemo, checkInDemo } from './demo-duty.ts';
import { beginHomesAt, demoHistoryMs, storeDemoHistory } from './demo-history.ts';
import { mayTryInDemo, withDemoHub } from './demo-hub.ts';
import { demoHomes, demoHub, demoPeople, demoUnits } from './demo-world.ts';
import { aborted } from './serve-command.ts';

const municipalityId = 'demo';
const timeZone = 'Europe/Stockholm';
const linkMs = 12 * 3_600_000;

export function demoCommand(program: Command, context: CommandContext): void {
  program
    .command('demo')
    .description(
      'Run a gateway with a small municipality of simulated homes, on this machine only.',
    )
    .action(() => demo(context));
}

async function demo({ environment, print, signal }: CommandContext): Promise<void> {
  const world = { VAKA_DATA_DIR: 'data/demo', VAKA_LOG_LEVEL: 'warn', ...environment };
  const config = readConfig(world);
  await buildDashboard(print);
  const fleetFile = join(config.dataDir, 'demo-fleet.json');
  const startedAt = Date.now();
  const { isNew, fleet } = await withTools({ environment: world }, (tools) =>
    prepare(tools, fleetFile, startedAt),
  );
  const [{ createGateway }, { simulate }] = await Promise.all([
    import('../gateway.ts'),
    import('../../simulators/simulate.ts'),
  ]);
  const gateway = createGateway(config, { startGraceMs: 2_000 });
  const { publicUrl, mqttUrl } = await gateway.start();
  try {
    const links = await withTools({ environment: world }, async (tools) => {
      await checkInDemo(tools.store, municipalityId, Date.now());
      return linksFor(tools, publicUrl);
    });
    print(`\nVaka answers at ${publicUrl}, MQTT at ${mqttUrl}. Sign in once with:\n\n`);
    for (const { role, name, url } of links) print(`  ${role.padEnd(14)} ${url}  ${name}\n`);
    print(
      `\nThe technician has a button and a door sensor to install at ${publicUrl}/install?home=${demoHub.homeId}:\n` +
        'its hub has found them. Until they are in use the button is pressed every minute, and the door opened and closed.\n',
    );
    print('\nSomebody calls for help within a minute. Ctrl-C ends it; the data stays.\n');
    const living = withTools({ environment: world }, ({ store }) =>
      simulate({
        mqttUrl,
        fleet,
        scenario: 'demo',
        seed: new Date().toISOString(),
        mayTry: (hubId, address) => mayTryInDemo(store, municipalityId, { hubId, address }),
        signal,
        clock: Date.now,
        log: () => {},
      }),
    );
    const lived = isNew
      ? withTools({ environment: world }, ({ store }) =>
          storeDemoHistory(store, fleet, { municipalityId, to: startedAt, signal }),
        )
      : null;
    await Promise.all([living, lived, aborted(signal)]);
  } finally {
    await gateway.stop();
  }
}

/** Makes what is missing of the municipality, and answers whether that is all of it; the secrets stay with the simulators. */
async function prepare(
  tools: Tools,
  fleetFile: string,
  at: number,
): Promise<{ isNew: boolean; fleet: Fleet }> {
  const isNew = (await tools.store.registry.municipality(municipalityId)) === null;
  const before = isNew
    ? await furnish(tools, at)
    : Fleet.parse(JSON.parse(await readFile(fleetFile, 'utf8')));
  const fleet = await withDemoHub(tools, before, { municipalityId, at });
  if (fleet !== before) await writeFile(fleetFile, JSON.stringify(fleet), { mode: 0o600 });
  return { isNew, fleet };
}

/** Makes the municipality, its homes and its people. */
async function furnish({ store, onboarding }: Tools, at: number): Promise<Fleet> {
  const since = at - demoHistoryMs;
  await onboarding.addMunicipality({ id: municipalityId, name: 'Demokommunen', timeZone });
  for (const unit of demoUnits) {
    await store.registry.addUnit({ ...unit, municipalityId, at: since });
  }
  const homes: Fleet['homes'] = [];
  for (const home of demoHomes) {
    const { devices, resident, ...place } = home;
    await onboarding.addHome({
      ...place,
      municipalityId,
      residents: [resident],
      cohabitants: [],
      consents: ['help', 'activity', 'camera'],
      since,
    });
    const placed: Fleet['homes'][number]['devices'] = [];
    for (const device of devices) {
      const given = { homeId: home.id, id: `${home.id}-${device.id}`, ...device.as, since };
      const { deviceId, secret } = await onboarding.addDevice(given);
      placed.push({ id: deviceId, secret, ...device.as });
    }
    homes.push({ id: home.id, timeZone, devices: placed });
  }
  const scope = { userId: '', municipalityId, role: 'coordinator', units: 'all' } as const;
  await beginHomesAt(store, scope, at);
  for (const person of demoPeople) {
    await store.registry.addUser({ ...person, municipalityId, passwordHash: null, at: Date.now() });
  }
  await arrangeDemo(store, municipalityId, { at, timeZone });
  return { homes };
}

/** A folder from an earlier release may lack somebody. */
async function linksFor({ signIn, store }: Tools, publicUrl: string) {
  const links = await Promise.all(
    demoPeople.map(async ({ id, role, name }) => {
      if ((await store.accounts.account(id)) === null) return [];
      const { token } = await signIn.createLink(id, linkMs);
      return [{ role, name, url: signInUrl(publicUrl, token) }];
    }),
  );
  return links.flat();
}
