import type { Account } from './account.ts';

/** Somebody who is signed in, until `expiresAt` at the latest; only the holder knows the token. */
export interface Session {
  token: string;
  expiresAt: number;
  account: Account;
}

/** How people prove who they are. What does not hold is AppError `unauthenticated`, without telling why. */
export interface SignIn {
  withPassword: (email: string, password: string) => Promise<Session>;
  /** Uses up a one-time link. */
  withLink: (token: string) => Promise<Session>;
  /** The account of a session in force, else null. */
  account: (token: string) => Promise<Account | null>;
  signOut: (token: string) => Promise<void>;
}
