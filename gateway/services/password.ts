import { argon2, type Argon2Parameters, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

import { AppError } from '../domain/errors.ts';

/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes and one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const saltBytes = 16;
const tagLength = 32;

/** Each hash holds a thread of the pool that the store's and the network's work need too. */
const atOnce = 2;
const mostWaiting = 64;

const pattern =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<tag>[A-Za-z0-9+/]+)$/;

const derive = promisify(argon2);

/** Hashes and checks passwords, a few at a time. */
export interface Passwords {
  /** A PHC string, which carries its own parameters. */
  hash: (password: string) => Promise<string>;
  /** Takes as long for `null`, somebody who has no password, as for anybody. */
  matches: (password: string, stored: string | null) => Promise<boolean>;
}

export function createPasswords(random: (bytes: number) => Buffer): Passwords {
  const inTurn = createTurns();
  const nobody = format(random(saltBytes), random(tagLength));

  return {
    hash: async (password) => {
      const nonce = random(saltBytes);
      const parameters = { ...cost, message: normalise(password), nonce, tagLength };
      return format(nonce, await inTurn(() => derive('argon2id', parameters)));
    },
    matches: async (password, stored) => {
      const { tag, ...parameters } = parse(stored ?? nobody);
      const message = normalise(password);
      const derived = await inTurn(() => derive('argon2id', { ...parameters, message }));
      return timingSafeEqual(derived, tag) && stored !== null;
    },
  };
}

/** The same password typed on another keyboard is the same password. */
function normalise(password: string): string {
  return password.normalize('NFKC');
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}

function format(salt: Buffer, tag: Buffer): string {
  const { memory, passes, parallelism } = cost;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${base64(salt)}$${base64(tag)}`;
}

function parse(stored: string): Omit<Argon2Parameters, 'message'> & { tag: Buffer } {
  const groups = pattern.exec(stored)?.groups;
  if (groups === undefined)
    throw new Error('A stored password hash is not an argon2id PHC string.');
  const tag = Buffer.from(groups['tag'] ?? '', 'base64');
  return {
    memory: Number(groups['memory']),
    passes: Number(groups['passes']),
    parallelism: Number(groups['parallelism']),
    nonce: Buffer.from(groups['salt'] ?? '', 'base64'),
    tagLength: tag.length,
    tag,
  };
}

function createTurns() {
  const waiting: (() => void)[] = [];
  let running = 0;

  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < atOnce) running += 1;
    else {
      if (waiting.length >= mostWaiting) {
        throw new AppError('too-many', 'Very many are signing in just now. Try again in a moment.');
      }
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
