import { expect, test } from 'vitest';

import { firstDraft, inputOf, sources } from '../../../dashboard/hub/bridge-draft.ts';

test('begins with what the hub speaks, else with what most hubs do', () => {
  expect(firstDraft(['frigate', 'native']).chosen).toEqual(['frigate']);
  expect(firstDraft([]).chosen).toEqual(['zigbee2mqtt']);
  expect(sources).not.toContain('native');
});

test('asks for what is chosen, with a base topic only where one is written', () => {
  const draft = { chosen: ['zigbee2mqtt', 'frigate'], topics: { frigate: ' cams ', shelly: 'x' } };
  expect(inputOf({ ...draft, chosen: ['zigbee2mqtt', 'frigate'] })).toEqual({
    input: { sources: [{ dialect: 'zigbee2mqtt' }, { dialect: 'frigate', baseTopic: 'cams' }] },
    wrong: new Set(),
  });
});

test('says for which source a topic cannot be used, and asks for nothing of nothing', () => {
  const { input, wrong } = inputOf({ chosen: ['shelly', 'homie'], topics: { homie: 'a/#' } });
  expect(input).toBeNull();
  expect([...wrong]).toEqual(['homie']);
  expect(inputOf({ chosen: [], topics: {} }).input).toBeNull();
});
