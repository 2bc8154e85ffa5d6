import { createSqliteStorage } from './sqlite-storage.ts';
import { describeStore } from './store.contract.ts';

describeStore('SQLite', createSqliteStorage);
