import type { Store } from '../../../gateway/domain/store.ts';

/** Somewhere an engine keeps data, empty at first and gone with the test. */
export interface Storage {
  /** Opens a store on the data; a second one sees it as another process would. */
  open: () => Promise<Store>;
  /** What an operator asks, or does, behind the store's back. */
  query: (sql: string) => Promise<Record<string, unknown>[]>;
}

export type CreateStorage = () => Promise<Storage>;
