import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { expect, test } from 'vitest';

import type { ProvisioningOutcome } from '../../../gateway/domain/provisioning.ts';
import { addMunicipality, addUser, hour, start } from './furnish.ts';
import { createSqliteStorage } from './sqlite-storage.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest();

type Ask = { key: number; serial: number; isAllowed: boolean };

test('whoever asks in whatever order, no key serves more than its uses and no serial number is two devices', async () => {
  const store = await (await createSqliteStorage()).open();
  await addMunicipality(store, 'norr');
  await addUser(store, { id: 'tore', municipalityId: 'norr', role: 'technician' });
  let runs = 0;
  const ask = fc.record<Ask>({
    key: fc.integer({ min: 0, max: 2 }),
    serial: fc.integer({ min: 0, max: 5 }),
    isAllowed: fc.boolean(),
  });

  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 }),
      fc.array(ask, { maxLength: 20 }),
      async (uses, asks) => {
        runs += 1;
        const name = (what: string, number: number) => `${what}-${runs}-${number}`;
        // The third key is one that nobody made.
        for (const [key, allowed] of uses.entries()) {
          await store.provisioning.addKey({
            id: name('key', key),
            municipalityId: 'norr',
            name: 'Box',
            hash: hashOf(name('key', key)),
            profile: 'hub',
            modelId: null,
            uses: allowed,
            expiresAt: start + hour,
            byId: 'tore',
            at: start,
          });
        }
        const known = new Map<number, string>();
        const served = [0, 0];
        let asked = 0;
        for (const { key, serial, isAllowed } of asks) {
          asked += 1;
          const deviceId = name('device', asked);
          const before = known.get(serial);
          if (isAllowed && before !== undefined) {
            await store.provisioning.allowAgain(before, start + hour);
          }
          const outcome: ProvisioningOutcome = await store.provisioning.provision({
            keyHash: hashOf(name('key', key)),
            serial: name('serial', serial),
            newDevice: () => ({ id: deviceId, name: 'Hub' }),
            credentialId: name('credential', asked),
            secretHash: hashOf(name('secret', asked)),
            at: start,
          });
          if (key === 2) {
            expect(outcome).toMatchObject({ result: 'refused', why: 'unknown' });
          } else if (before !== undefined && outcome.result === 'provisioned') {
            expect(outcome).toMatchObject({ deviceId: before, isAgain: true });
            expect(await store.directory.credentials(before)).toHaveLength(1);
          } else if (outcome.result === 'provisioned') {
            known.set(serial, outcome.deviceId);
            served[key] = (served[key] ?? 0) + 1;
          }
        }
        const keys = await store.provisioning.keys('norr');
        for (const [key, allowed] of uses.entries()) {
          const { used } = keys.find(({ id }) => id === name('key', key)) ?? { used: -1 };
          expect(used).toBe(served[key]);
          expect(used).toBeLessThanOrEqual(allowed);
        }
      },
    ),
    { numRuns: 40, seed: 5 },
  );
});
