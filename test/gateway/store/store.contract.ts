import { describe, expect, test } from 'vitest';

import { describeAccounts } from './account.contract.ts';
import { describeArrangements } from './arrangement.contract.ts';
import { describeDirectory } from './directory.contract.ts';
import { describeEquipment } from './equipment.contract.ts';
import { describeHistory } from './history.contract.ts';
import { describeHubs } from './hubs.contract.ts';
import { describeLedger } from './ledger.contract.ts';
import { describeOutbox } from './outbox.contract.ts';
import { describeOverview } from './overview.contract.ts';
import { describeRegistry } from './registry.contract.ts';
import { describeRuleLedger } from './rule-ledger.contract.ts';
import { describeSight } from './sight.contract.ts';
import { describeStaffing } from './staffing.contract.ts';
import type { CreateStorage } from './storage.ts';
import { describeUsage } from './usage.contract.ts';

/** What every engine must hold to. */
export function describeStore(name: string, createStorage: CreateStorage): void {
  describe(`${name} store`, () => {
    describeLedger(createStorage);
    describeDirectory(createStorage);
    describeRegistry(createStorage);
    describeRuleLedger(createStorage);
    describeAccounts(createStorage);
    describeOverview(createStorage);
    describeHistory(createStorage);
    describeHubs(createStorage);
    describeArrangements(createStorage);
    describeStaffing(createStorage);
    describeOutbox(createStorage);
    describeSight(createStorage);
    describeEquipment(createStorage);
    describeUsage(createStorage);

    test('says that it can be written to, and that it cannot once it is closed', async () => {
      const store = await (await createStorage()).open();
      await expect(store.check()).resolves.toBeUndefined();
      await store.close();
      await expect(store.check()).rejects.toBeInstanceOf(Error);
      await expect(store.transaction(async () => 1)).rejects.toBeInstanceOf(Error);
    });
  });
}
