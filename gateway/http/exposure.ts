import type { Request, RequestHandler } from 'express';

import { AppError } from '../domain/errors.ts';
import { isLoopbackAddress } from './gate.ts';

export interface ExposureOptions {
  /** Whose secrets may come without TLS. */
  plainFor: 'loopback' | 'anyone';
  /** Whether the proxies in front of us are reached over https. */
  isHttps: boolean;
}

/**
 * Refuses what devices send so that others on the way can read their secrets. A proxy that does not say how it was
 * reached was reached over https, as our public address is.
 */
export function refuseExposed({ plainFor, isHttps }: ExposureOptions): RequestHandler {
  return (request, _response, next) => {
    const mayBePlain = plainFor === 'anyone' || isLoopbackAddress(request.ip ?? '');
    if (!mayBePlain && !(isHttps && cameEncrypted(request))) {
      throw new AppError(
        'forbidden',
        'Others can read this on the way: send it over https. The gateway must know its https address (VAKA_PUBLIC_URL) and how many proxies stand in front of it (VAKA_PROXIES).',
      );
    }
    next();
  };
}

/** Only proxies that we believe speak of others, and only they have TLS. */
function cameEncrypted({ ips, headers, protocol }: Request): boolean {
  const isSaid = headers['x-forwarded-proto'] !== undefined;
  return ips.length > 0 && (!isSaid || protocol === 'https');
}
