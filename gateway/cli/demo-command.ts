import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Command } from 'commander';

import { Fleet } from '../../simulators/fleet.ts';
import { readConfig } from '../config.ts';
import { buildDashboard } from './build-dashboard.ts';
import { type CommandContext, signInUrl, type Tools, withTools } from './context.ts';
import { checkInDemo, demoSeed } from './demo-duty.ts';
import { demoScope, demoTimeZone, furnishDemo } from './demo-furnish.ts';
import { storeDemoHistory } from './demo-history.ts';
import { mayTryInDemo, withDemoHub } from './demo-hub.ts';
import { demoHub, demoPeople } from './demo-world.ts';
import { aborted } from './serve-command.ts';

const { municipalityId } = demoScope;
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
    const links = await withTools({ environment: world }, (tools) => linksFor(tools, publicUrl));
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
        // That of its past, so that the day goes on as it began.
        seed: demoSeed,
        mayTry: (hubId, address) => mayTryInDemo(store, municipalityId, { hubId, address }),
        signal,
        clock: Date.now,
        log: () => {},
      }),
    );
    const lived = isNew
      ? withTools({ environment: world }, ({ store }) =>
          storeDemoHistory(store, fleet, {
            scope: demoScope,
            timeZone: demoTimeZone,
            to: startedAt,
            signal,
          }),
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
    ? await furnishDemo(tools, at)
    : Fleet.parse(JSON.parse(await readFile(fleetFile, 'utf8')));
  // Before the gateway looks: it would say that nobody is on duty.
  await checkInDemo(tools.store, municipalityId, at);
  const fleet = await withDemoHub(tools, before, { municipalityId, at });
  if (fleet !== before) await writeFile(fleetFile, JSON.stringify(fleet), { mode: 0o600 });
  return { isNew, fleet };
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
