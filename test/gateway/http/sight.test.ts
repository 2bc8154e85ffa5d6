import { describe, expect, test } from 'vitest';

import { openWorld, type World } from './world.ts';

const commands = [
  ['PUT', 'acceptance', {}],
  ['PUT', 'arrival', undefined],
  ['PUT', 'resolution', { outcome: 'helped' }],
  ['POST', 'comments', { text: 'På väg.' }],
] as const;

async function idsSeenBy(world: World, person: string): Promise<string[]> {
  const cookie = await world.cookieOf(person);
  const { body } = await world.call('GET', '/api/v1/alerts', { cookie });
  return (body as { items: { id: string }[] }).items.map(({ id }) => id);
}

describe('an alert', () => {
  test('is seen by those whose work it is, and by nobody else', async () => {
    const world = await openWorld();
    const care = await world.raise('home-norr-1');
    const technical = await world.raise('home-norr-1', { severity: 'technical' });
    const seen = {
      astrid: [care, technical],
      cilla: [care, technical],
      bengt: [],
      tore: [technical],
      adam: [technical],
      sara: [],
    };
    for (const [person, ids] of Object.entries(seen)) {
      expect({ person, ids: await idsSeenBy(world, person) }).toEqual({ person, ids });
    }
  });

  test('does not exist for a carer of another unit or municipality, read or answered', async () => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1');
    for (const person of ['bengt', 'sara', 'tore']) {
      const cookie = await world.cookieOf(person);
      const statuses = [(await world.call('GET', `/api/v1/alerts/${id}`, { cookie })).status];
      for (const [method, name, body] of commands) {
        const path = `/api/v1/alerts/${id}/${name}`;
        statuses.push((await world.call(method, path, { cookie, body })).status);
      }
      expect({ person, statuses }).toEqual({ person, statuses: [404, 404, 404, 404, 404] });
    }
  });

  test('is answered by the carer who takes it: accepted, there, talked about, ended', async () => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1');
    const cookie = await world.cookieOf('astrid');
    const states = [];
    for (const [method, name, body] of commands) {
      const path = `/api/v1/alerts/${id}/${name}`;
      const { status, body: alert } = await world.call(method, path, { cookie, body });
      expect(status).toBe(200);
      states.push((alert as { state: string }).state);
    }
    expect(states).toEqual(['accepted', 'on-site', 'resolved', 'resolved']);
    const { body } = await world.call('GET', `/api/v1/alerts/${id}`, { cookie });
    const { timeline, resident } = body as { timeline: { type: string }[]; resident: unknown };
    expect(timeline.map(({ type }) => type)).toEqual([
      'raised',
      'accepted',
      'arrived',
      'resolved',
      'commented',
    ]);
    expect(resident).toEqual({ name: 'Elsa norr-1' });
  });

  test('belongs to the first who takes it, and the other is told who that is', async () => {
    const world = await openWorld();
    const path = `/api/v1/alerts/${await world.raise('home-norr-1')}/acceptance`;
    await world.call('PUT', path, {
      cookie: await world.cookieOf('astrid'),
      body: { etaMinutes: 5 },
    });
    const { status, body } = await world.call('PUT', path, {
      cookie: await world.cookieOf('cilla'),
    });
    expect({ status, body }).toMatchObject({
      status: 409,
      body: { detail: 'astrid already has it.' },
    });
  });

  test('is not answered by an administrator', async () => {
    const world = await openWorld();
    const id = await world.raise('home-norr-1', { severity: 'technical' });
    const cookie = await world.cookieOf('adam');
    for (const [method, name, body] of commands) {
      const { status } = await world.call(method, `/api/v1/alerts/${id}/${name}`, { cookie, body });
      expect(status).toBe(403);
    }
  });
});

describe('a home', () => {
  test('keeps who lives in it from the technician', async () => {
    const world = await openWorld();
    await world.raise('home-norr-1');
    const told = async (person: string) => {
      const cookie = await world.cookieOf(person);
      const list = await world.call('GET', '/api/v1/homes', { cookie });
      const one = await world.call('GET', '/api/v1/homes/home-norr-1', { cookie });
      return JSON.stringify([list.body, one.body]);
    };
    expect(await told('astrid')).toContain('Elsa norr-1');
    expect(await told('tore')).not.toContain('Elsa');
    expect(await told('tore')).toContain('button-norr-1');
  });

  test('of another unit or municipality does not exist', async () => {
    const world = await openWorld();
    for (const person of ['bengt', 'sara']) {
      const cookie = await world.cookieOf(person);
      const { status } = await world.call('GET', '/api/v1/homes/home-norr-1', { cookie });
      expect(status).toBe(404);
      const { body } = await world.call('GET', '/api/v1/devices', { cookie });
      expect(JSON.stringify(body)).not.toContain('norr-1');
    }
  });
});

test('lists are given page by page', async () => {
  const world = await openWorld();
  const raised = [];
  for (let count = 0; count < 5; count += 1) {
    raised.push(await world.raise('home-norr-1'));
    world.pass(1_000);
  }
  const cookie = await world.cookieOf('cilla');
  const found = [];
  let path = '/api/v1/alerts?limit=2';
  for (let pages = 0; pages < 3; pages += 1) {
    const { body } = await world.call('GET', path, { cookie });
    const { items, next } = body as { items: { id: string }[]; next: string | null };
    found.push(...items.map(({ id }) => id));
    path = `/api/v1/alerts?limit=2&cursor=${encodeURIComponent(next ?? 'none')}`;
    expect(next === null).toBe(pages === 2);
  }
  expect(found).toEqual(raised);
  expect((await world.call('GET', path, { cookie })).status).toBe(400);
});
