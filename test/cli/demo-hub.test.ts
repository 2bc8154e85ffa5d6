import { randomBytes } from 'node:crypto';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { createTools } from '../../gateway/cli/context.ts';
import { mayTryInDemo, withDemoHub } from '../../gateway/cli/demo-hub.ts';
import { demoHub } from '../../gateway/cli/demo-world.ts';
import { newBody } from '../../gateway/domain/installation/installation.ts';
import { openSqliteStore } from '../../gateway/store/sqlite-store.ts';
import type { Fleet } from '../../simulators/fleet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const municipalityId = 'demo';
const at = Date.now();

/** The home of the hub, as a release before hubs made it. */
async function openFolder() {
  const store = await openSqliteStore(join(await temporaryFolder(), 'vaka.db'));
  onTestFinished(() => store.close());
  const { onboarding } = createTools(store);
  const { homeId: id } = demoHub;
  await onboarding.addMunicipality({ id: 'demo', name: 'Demo', timeZone: 'Europe/Stockholm' });
  await onboarding.addUnit({ id: 'norr', municipalityId, name: 'Norr' });
  const place = { id, municipalityId, unitId: 'norr', label: 'Björkvägen 12' };
  await onboarding.addHome({
    ...place,
    residents: ['Olle P'],
    cohabitants: [],
    consents: ['help'],
  });
  const water = { id: 'water', profile: 'water-detector', placement: 'bathroom' } as const;
  const { secret } = await onboarding.addDevice({ ...water, homeId: id });
  const fleet: Fleet = {
    homes: [{ id, timeZone: 'Europe/Stockholm', devices: [{ ...water, secret }] }],
  };
  const furnish = (given: Fleet) =>
    withDemoHub({ store, onboarding }, given, { municipalityId, at: Date.now() });
  return { store, fleet, furnish };
}

test('a folder of an earlier release gets the hub once, and no second device of what it has', async () => {
  const { store, fleet, furnish } = await openFolder();
  const furnished = await furnish(fleet);
  expect(await furnish(furnished)).toBe(furnished);
  const [hub] = furnished.homes[0]?.hubs ?? [];
  const played = (hub?.devices ?? []).map(({ address }) => address);
  const [waterBehind] = demoHub.devices.filter(({ as }) => as?.profile === 'water-detector');
  expect(played).toEqual(
    demoHub.devices.map(({ address }) => address).filter((one) => one !== waterBehind?.address),
  );
  const placed = await store.equipment.behind(hub?.id ?? '');
  expect(placed.map(({ place }) => place?.homeId)).toEqual(Array(4).fill(demoHub.homeId));
  for (const { model, profile } of placed) expect(model?.kind ?? 'thermometer').toBe(profile);
});

test('a found device is tried until it is in use, and not after', async () => {
  const { store, fleet, furnish } = await openFolder();
  const [hub] = (await furnish(fleet)).homes[0]?.hubs ?? [];
  const hubId = hub?.id ?? '';
  const { address } = hub?.devices.find(({ placement }) => placement === null) ?? { address: '' };
  const mayTry = () => mayTryInDemo(store, municipalityId, { hubId, address });
  expect(await mayTry()).toBe(true);

  const deviceId = 'new-one';
  await store.transaction(async ({ equipment }) => {
    const described = { name: 'Ny', profile: 'call-button', modelId: null, model: null };
    const behind = { hubId, address };
    const bare = { serial: null, secretHash: null, at };
    await equipment.add({ id: deviceId, municipalityId, ...described, behind, ...bare });
    const { homeId } = demoHub;
    await equipment.place({ deviceId, homeId, placement: 'bedroom', name: 'Ny' }, at);
  });
  expect(await mayTry()).toBe(false);

  const installation = {
    id: randomBytes(8).toString('hex'),
    municipalityId,
    homeId: demoHub.homeId,
    deviceId,
    byId: 'demo-technician',
    startedAt: at,
    changedAt: at,
    body: newBody(null),
  };
  await store.transaction(({ equipment }) =>
    equipment.addInstallation({ ...installation, state: 'open' }),
  );
  expect(await mayTry()).toBe(true);
  await store.transaction(({ equipment }) =>
    equipment.saveInstallation({ ...installation, state: 'signed', changedAt: at + 1 }, at),
  );
  expect(await mayTry()).toBe(false);
});
