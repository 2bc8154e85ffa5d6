import { createHash } from 'node:crypto';

import type { Accounts } from '../domain/account.ts';
import { AppError } from '../domain/errors.ts';
import type { Session, SignIn } from '../domain/sign-in.ts';
import { createPasswords } from './password.ts';

/** A shift: nobody stays signed in on a shared screen into the next. */
const sessionMs = 12 * 3_600_000;
const linkMs = 15 * 60_000;
const tokenBytes = 32;

export interface SignInDependencies {
  accounts: Accounts;
  clock: () => number;
  random: (bytes: number) => Buffer;
}

/** Signing in, and what prepares for it. */
export interface SignInService extends SignIn {
  /** What to store for a password. */
  hashPassword: (password: string) => Promise<string>;
  /** The token of a link that signs this person in once; 15 minutes unless told. */
  createLink: (
    userId: string,
    lifetimeMs?: number,
  ) => Promise<{ token: string; expiresAt: number }>;
}

export function createSignIn({ accounts, clock, random }: SignInDependencies): SignInService {
  const passwords = createPasswords(random);
  const newToken = () => random(tokenBytes).toString('base64url');

  async function begin(userId: string): Promise<Session> {
    const account = await accounts.account(userId);
    if (account === null) throw refused('password');
    const token = newToken();
    const at = clock();
    const expiresAt = at + sessionMs;
    await accounts.addSession({ tokenHash: hashToken(token), userId, at, expiresAt });
    return { token, expiresAt, account };
  }

  return {
    withPassword: async (email, password) => {
      const found = await accounts.passwordOf(email.trim().toLowerCase());
      const isRight = await passwords.matches(password, found?.passwordHash ?? null);
      if (found === null || !isRight) throw refused('password');
      return begin(found.userId);
    },
    withLink: async (token) => {
      const userId = await accounts.useLink(hashToken(token), clock());
      if (userId === null) throw refused('link');
      return begin(userId);
    },
    account: (token) => accounts.session(hashToken(token), clock()),
    signOut: (token) => accounts.endSession(hashToken(token)),
    hashPassword: passwords.hash,
    createLink: async (userId, lifetimeMs = linkMs) => {
      const token = newToken();
      const at = clock();
      const expiresAt = at + lifetimeMs;
      await accounts.addLink({ tokenHash: hashToken(token), userId, at, expiresAt });
      return { token, expiresAt };
    },
  };
}

/** A token has 256 random bits, so one fast hash keeps a stolen database from being a stolen session. */
function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function refused(by: 'password' | 'link'): AppError {
  const reasons = {
    password: 'The e-mail address or the password is wrong.',
    link: 'The link has been used or is too old. Ask for a new one.',
  };
  return new AppError('unauthenticated', reasons[by]);
}
