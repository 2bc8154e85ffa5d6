import { describe, expect, test } from 'vitest';

import { FollowUpReport } from '../../../gateway/protocol/report/follow-up.ts';
import { addDevice, addHome } from '../store/furnish.ts';
import { openWorld, type World } from './world.ts';

const path = '/api/v1/reports/follow-up';
const days = 'from=2026-11-22&to=2026-11-22';

/** Five more homes of `norr-1`, and three false alarms of the button in one of them. */
async function openFiveHomes(): Promise<World> {
  const world = await openWorld();
  const at = world.clock();
  for (const id of ['one', 'two', 'three', 'four', 'five']) {
    await addHome(world.store, { id, municipalityId: 'norr', unitId: 'norr-1', at });
    await addDevice(world.store, { id: `button-${id}`, homeId: id, name: 'Knapp', at });
  }
  for (const _ of [1, 2, 3]) {
    const id = await world.raise('one', { deviceId: 'button-one', severity: 'high' });
    world.pass(10_000);
    await world.command(id, { type: 'accept', at: world.clock(), by: 'astrid', etaMinutes: null });
    world.pass(60_000);
    const outcome = 'false-alarm';
    await world.command(id, {
      type: 'resolve',
      at: world.clock(),
      by: 'astrid',
      outcome,
      note: null,
    });
  }
  return world;
}

describe('GET /reports/follow-up', () => {
  test('answers coordinators with noisy devices, and administrators without', async () => {
    const world = await openFiveHomes();
    const noisyFor = async (person: string) => {
      const cookie = await world.cookieOf(person);
      const { status, body } = await world.call('GET', `${path}?${days}`, { cookie });
      expect(status).toBe(200);
      const report = FollowUpReport.parse(body);
      expect(report).toMatchObject({ homes: 7, alerts: { care: 3 }, isTooSmall: false });
      expect(report.responses[0]?.acceptance).toMatchObject({ count: 3, p50: 10 });
      return report.noisyDevices;
    };
    expect(await noisyFor('cilla')).toEqual([
      { id: 'button-one', name: 'Knapp', homeLabel: 'Storgatan one', alerts: 3, falseAlarms: 3 },
    ]);
    expect(await noisyFor('adam')).toEqual([]);
    const asked = world.accessRows().filter((row) => row.includes(' report '));
    expect(asked).toEqual(['cilla report -', 'adam report -']);
  });

  test('is not for carers and technicians, nor for anybody who has not signed in', async () => {
    const world = await openWorld();
    for (const person of ['astrid', 'tore']) {
      const cookie = await world.cookieOf(person);
      for (const file of [path, `${path}.csv`])
        expect(await world.call('GET', `${file}?${days}`, { cookie })).toMatchObject({
          status: 403,
        });
    }
    expect(await world.call('GET', `${path}?${days}`)).toMatchObject({ status: 401 });
    expect(world.accessRows().filter((row) => row.includes(' report '))).toEqual([]);
  });

  test('refuses days that are none, that end before they begin, or are too many', async () => {
    const world = await openWorld();
    const cookie = await world.cookieOf('cilla');
    for (const query of [
      '',
      '?from=2026-11-31&to=2026-12-01',
      '?from=2026-11-22&to=2026-11-21',
      '?from=2025-01-01&to=2026-11-22',
    ])
      expect(await world.call('GET', path + query, { cookie })).toMatchObject({ status: 400 });
    expect(await world.call('GET', `${path}?${days}&unitId=syd-1`, { cookie })).toMatchObject({
      status: 404,
    });
  });

  test('gives the same as a file, without a device or a home', async () => {
    const world = await openFiveHomes();
    const cookie = await world.cookieOf('cilla');
    const { status, headers, body } = await world.call('GET', `${path}.csv?${days}&language=en`, {
      cookie,
    });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(headers.get('content-disposition')).toContain(
      'vaka-follow-up-2026-11-22-2026-11-22.csv',
    );
    expect(String(body)).toContain('Care alerts;3');
    expect(String(body)).not.toMatch(/button-one|Storgatan/);
  });
});
