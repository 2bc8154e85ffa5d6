import type { Me } from '../protocol/api.ts';
import type { Scope } from './scope.ts';

export interface Account {
  scope: Scope;
  me: Me;
}

/** Who may sign in, and who has. Tokens are random and kept only as their SHA-256. */
export interface Accounts {
  passwordOf: (email: string) => Promise<{ userId: string; passwordHash: string | null } | null>;
  account: (userId: string) => Promise<Account | null>;
  /** Uses up a one-time link; null if it is unknown, used or too old. */
  useLink: (tokenHash: Buffer, at: number) => Promise<string | null>;
  addLink: (link: {
    tokenHash: Buffer;
    userId: string;
    at: number;
    expiresAt: number;
  }) => Promise<void>;
  addSession: (session: {
    tokenHash: Buffer;
    userId: string;
    at: number;
    expiresAt: number;
  }) => Promise<void>;
  /** The account of a session that is in force at `at`. */
  session: (tokenHash: Buffer, at: number) => Promise<Account | null>;
  endSession: (tokenHash: Buffer) => Promise<void>;
}
