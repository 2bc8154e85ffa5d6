import { hash } from 'node:crypto';

import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';

import { AppError } from '../domain/errors.ts';

const minute = 60_000;

function limit(options: Partial<Options>, message: string): RequestHandler {
  return rateLimit({
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    ...options,
    handler: (_request, _response, next) => next(new AppError('too-many', message)),
  });
}

function addressOf(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

function emailOf(request: Request): string | null {
  const { email } = (request.body ?? {}) as { email?: unknown };
  return typeof email === 'string' ? email.trim().toLowerCase() : null;
}

/** A whole municipality may sit behind one address, so this only stops a runaway. */
export function limitRequests(): RequestHandler {
  return limit(
    { windowMs: minute, limit: 6_000, keyGenerator: addressOf },
    'Too many requests from this address. Wait a minute.',
  );
}

/** Counts failures only: a shift that begins at seven is fifty people signing in from one address. */
export function limitSignIns(): RequestHandler[] {
  const failures = { windowMs: 15 * minute, skipSuccessfulRequests: true };
  return [
    limit(
      { ...failures, limit: 50, keyGenerator: addressOf },
      'Too many failed attempts from this address. Wait a quarter of an hour.',
    ),
    limit(
      {
        ...failures,
        limit: 10,
        skip: (request) => emailOf(request) === null,
        keyGenerator: (request) => emailOf(request) ?? '',
      },
      'Too many failed attempts for this e-mail address. Wait a quarter of an hour, or ask for a link.',
    ),
  ];
}

/**
 * Counts refused credentials only, and each by themselves: neither an hour without a disk nor somebody who tries wrong
 * secrets may keep out a hub that has the right one.
 */
export function limitUplinks(): RequestHandler {
  return limit(
    {
      windowMs: 15 * minute,
      limit: 100,
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_request, { statusCode }) => statusCode !== 401,
      keyGenerator: (request) =>
        `${addressOf(request)} ${hash('sha256', request.headers.authorization ?? '')}`,
    },
    'Too many failed attempts with these credentials. Give the hub a new secret, or wait a quarter of an hour.',
  );
}

/**
 * Counts failures only, and those of one key apart from those of others: a workshop provisions a whole fleet from one
 * address, and one box of devices with an old key must not keep the next box out.
 */
export function limitProvisioning(): RequestHandler[] {
  const failures = { windowMs: 15 * minute, skipSuccessfulRequests: true };
  const message = 'Too many failed attempts. Wait a quarter of an hour.';
  return [
    limit({ ...failures, limit: 1_000, keyGenerator: addressOf }, message),
    limit(
      {
        ...failures,
        limit: 50,
        skip: (request) => provisioningKeyOf(request) === null,
        keyGenerator: (request) =>
          `${addressOf(request)} ${hash('sha256', provisioningKeyOf(request) ?? '')}`,
      },
      message,
    ),
  ];
}

function provisioningKeyOf(request: Request): string | null {
  const { key } = (request.body ?? {}) as { key?: unknown };
  return typeof key === 'string' ? key : null;
}
