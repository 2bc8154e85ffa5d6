import { expect, test } from 'vitest';

import type { MunicipalityPlan } from './furnish.ts';
import { furnishing } from './furnish.ts';
import { openStory, wallClock } from './story.ts';

const others = ['bjurholm', 'dorotea', 'mala', 'sorsele'];
const night = { from: '21:00', to: '07:00' };

function neighbour(id: string): MunicipalityPlan {
  return {
    id,
    units: [{ id: `${id}-dag`, name: `Hemtjänsten ${id}`, duty: 'always', homes: [`${id}-hem`] }],
    people: [`Karin-${id} coordinator`, `Dana-${id} carer ${id}-dag`],
    plan: { lines: [{ unitId: 'patrull', hours: night }], exceptions: [] },
  };
}

/** One patrol of five municipalities; by day each has a unit of its own. */
const shared = furnishing(
  {
    id: 'asele',
    units: [
      { id: 'asele-dag', name: 'Hemtjänsten Åsele', duty: 'always', homes: ['asele-hem'] },
      { id: 'patrull', name: 'Nattpatrullen', serves: others },
    ],
    people: [
      'Karin coordinator',
      'Nora carer patrull',
      'Nils carer patrull',
      'Dana carer asele-dag',
    ],
    plan: { lines: [{ unitId: 'patrull', hours: night }], exceptions: [] },
  },
  ...others.map(neighbour),
);
const homes = ['asele-hem', ...others.map((id) => `${id}-hem`)];

test('a patrol shared by five municipalities sees their nights, and nothing else', async () => {
  const story = await openStory({ begins: '2026-11-21T20:59:30', furnish: shared });
  await story.checkIn('nora', 'patrull', 10.5);
  const screen = await story.openScreen('nora');

  // Before the night the patrol has no part in it.
  await story.tells('bjurholm-hem-call-button', 'help.pressed');
  expect(await story.sees('nora')).toEqual([]);
  expect(await story.sees('dana-bjurholm')).toEqual(['help-pressed firing']);
  expect(screen.board()).toEqual([]);

  // At nine what is still unanswered becomes theirs, and asks anew.
  await story.passUntil('2026-11-21T21:00');
  expect(await story.sees('nora')).toEqual(['help-pressed firing']);
  expect(await story.sees('dana-bjurholm')).toEqual([]);
  expect(screen.board()).toEqual(['help-pressed firing']);
  const { id: first } = await story.alert('nora', 'help-pressed');
  const lines = await story.timeline('karin-bjurholm', first);
  expect(lines.at(-2)).toBe('30 s assigned (plan) to Nattpatrullen -> Nora');
  await story.does('nora', 'PUT', `/alerts/${first}/acceptance`, {});
  await story.does('nora', 'PUT', `/alerts/${first}/resolution`, { outcome: 'helped' });

  // In the night those of all five, and of each only what is needed to go there.
  for (const home of homes) await story.tells(`${home}-call-button`, 'help.pressed');
  const seen = await story.alerts('nora');
  expect(seen.map(({ home }) => home?.id ?? '').toSorted()).toEqual(homes.toSorted());
  for (const alert of seen) {
    expect(alert.resident?.name).toMatch(/^Boende/);
    expect(alert.home?.isOpen).toBe(false);
    const home = await story.ask('nora', 'GET', `/homes/${alert.home?.id ?? ''}`);
    expect(home.status).toBe(404);
  }
  expect((await story.ask('nora', 'GET', '/homes')).body).toMatchObject({ items: [] });
  for (const path of ['/devices', '/holds']) {
    expect((await story.ask('nora', 'GET', path)).body).toMatchObject({ items: [] });
  }

  // What they have taken they keep; what nobody has is the day's at seven.
  const kept = seen.find(({ home }) => home?.id === 'dorotea-hem');
  const left = seen.find(({ home }) => home?.id === 'sorsele-hem');
  if (kept === undefined || left === undefined) throw new Error('Not all were raised.');
  await story.passUntil('2026-11-22T06:50');
  await story.does('nora', 'PUT', `/alerts/${kept.id}/acceptance`, { etaMinutes: 30 });
  await story.passUntil('2026-11-22T06:59:55');
  expect(await story.alerts('nora')).toHaveLength(homes.length);
  await story.passUntil('2026-11-22T07:00:01');
  expect(await story.sees('nora')).toEqual(['help-pressed accepted']);
  expect(screen.board()).toEqual(['help-pressed accepted']);
  expect((await story.ask('nora', 'GET', `/alerts/${left.id}`)).status).toBe(404);
  const late = await story.ask('nora', 'PUT', `/alerts/${left.id}/acceptance`, {});
  expect(late.status).toBe(404);
  expect(await story.sees('dana-sorsele')).toEqual(['help-pressed firing']);
  expect(await story.sees('dana-dorotea')).toEqual(['help-pressed accepted']);

  // Handed over, it is no longer theirs.
  await story.does('dana-dorotea', 'PUT', `/alerts/${kept.id}/take-over`, {});
  await story.sweep();
  expect(await story.sees('nora')).toEqual([]);
  expect(screen.board()).toEqual([]);
});

test('at the end of the night nothing is seen, however late the sweep is', async () => {
  const story = await openStory({ begins: '2026-11-22T06:58', furnish: shared });
  await story.tells('mala-hem-call-button', 'help.pressed');
  expect(await story.sees('nora')).toEqual(['help-pressed firing']);
  story.stall(121);
  expect(await story.sees('nora')).toEqual([]);
  expect(story.now()).toBe(wallClock('2026-11-22T07:00:01'));
});

test('whoever looks at another municipality’s alert stands in the access log of that one', async () => {
  const story = await openStory({ begins: '2026-11-22T02:00', furnish: shared });
  await story.tells('mala-hem-call-button', 'help.pressed');
  const { id } = await story.alert('nora', 'help-pressed');
  await story.does('nora', 'GET', `/alerts/${id}`);
  const rows = story.accessRows('mala');
  expect(rows).toEqual(['nora alerts -', `nora alert ${id}`]);
});
