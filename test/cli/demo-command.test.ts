import { expect, onTestFinished, test, vi } from 'vitest';

import type { Me } from '../../gateway/protocol/api.ts';
import { AlertPage, HomePage } from '../../gateway/protocol/api.ts';
import { DeviceDetail } from '../../gateway/protocol/device/fleet.ts';
import { startProgram } from '../support/run.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { firstOutput } from './output.ts';

// Each command is a process of its own, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 120_000 });

const endsWithinMs = 5_000;
const roles = ['carer', 'technician', 'coordinator', 'administrator'];

/** `npm run demo` as a terminal starts it: npm, a shell and the gateway in one process group. */
async function startDemo(dataDir: string) {
  const environment = { VAKA_DATA_DIR: dataDir, VAKA_HTTP_PORT: '0', VAKA_MQTT_PORT: '0' };
  const { child, ended } = startProgram('npm', ['run', 'demo'], { environment, detached: true });
  const signal = (name: NodeJS.Signals) => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, name);
  };
  onTestFinished(() => signal('SIGKILL'));
  const [said] = await firstOutput(child, /Vaka answers at [^]*Ctrl-C ends it/);
  const links = roles.map((role) => {
    const [, link] = new RegExp(`${role} +(\\S+#token=\\S+)`).exec(said) ?? [];
    return { role, link };
  });
  return { ended, links, signal };
}

async function endsAtOnce({ signal, ended }: Awaited<ReturnType<typeof startDemo>>) {
  const askedAt = performance.now();
  signal('SIGINT');
  expect((await ended).code).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(endsWithinMs);
}

async function signIn(link = '') {
  const { origin, hash } = new URL(link);
  const response = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ token: hash.replace('#token=', '') }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const me = (await response.json()) as Me;
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${origin}/api/v1${path}`, { headers: { cookie } })).json();
  return { me, get };
}

test('the demo lets every role in, somebody calls, Ctrl-C ends it, and it goes on with the same data', async () => {
  const dataDir = await temporaryFolder();
  const first = await startDemo(dataDir);
  const people = await Promise.all(first.links.map(({ link }) => signIn(link)));
  expect(people.map(({ me }) => me.role)).toEqual(roles);
  const [carer, , coordinator] = people;
  const homes = HomePage.parse(await coordinator?.get('/homes'));
  expect(homes.items).toHaveLength(6);
  const called = async () => AlertPage.parse(await carer?.get('/alerts?queue=care')).items;
  const tired = async () =>
    DeviceDetail.parse(await coordinator?.get('/devices/kvarngatan-7-bathroom'));
  // How full it was is told by its past, and how full it is by itself since it is on.
  const isTold = async () => {
    const { battery, batteryPercent, batteryEndsAt } = await tired();
    return { batteryPercent, isForeseen: battery.length > 30 && batteryEndsAt !== null };
  };
  await expect
    .poll(isTold, { timeout: 30_000, interval: 250 })
    .toEqual({ batteryPercent: 35, isForeseen: true });
  await expect.poll(called, { timeout: 40_000, interval: 250 }).not.toEqual([]);
  const [alert] = await called();

  await endsAtOnce(first);

  const second = await startDemo(dataDir);
  const again = await signIn(second.links[0]?.link);
  const kept = AlertPage.parse(await again.get('/alerts?queue=care')).items;
  expect(kept.map(({ id }) => id)).toContain(alert?.id);
  // Soon after the start, so that devices may still be connecting.
  await endsAtOnce(second);
});
