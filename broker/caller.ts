import type { X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Whom a connection comes from, and how well what it says is kept from others on the way. */
export interface Caller {
  address: string;
  /** Whether nobody between it and us, or the proxy that speaks for it, can read what it says. */
  isEncrypted: boolean;
  /** The client certificate whose key it has proved to hold, believed by nobody yet; null without. */
  certificate: () => X509Certificate | null;
}

const loopback = /^(?:::ffff:)?127(?:\.\d{1,3}){3}$|^::1$/i;

export function isLoopback(address: string): boolean {
  return loopback.test(address);
}

/** Whether a password of this caller can be read by others on the way. */
export function isExposed({ address, isEncrypted }: Omit<Caller, 'certificate'>): boolean {
  return !isEncrypted && !isLoopback(address);
}

/** Whether what listens there can be reached from this machine alone. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || isLoopback(host);
}

/**
 * Whom the last proxy that we believe speaks for: each appends whom it was called by. What came past the proxies came
 * past their TLS as well.
 */
export function forwardedCaller(
  headers: IncomingHttpHeaders,
  remoteAddress: string,
  { proxies, isHttps }: { proxies: number; isHttps: boolean },
): Omit<Caller, 'certificate'> {
  const chain = [...listed(headers['x-forwarded-for']), remoteAddress];
  const believed = Math.min(proxies, chain.length - 1);
  const protocols = listed(headers['x-forwarded-proto']);
  const spokenOver = protocols.at(-believed) ?? protocols[0] ?? 'https';
  return {
    address: chain.at(-1 - believed) ?? '',
    isEncrypted: isHttps && believed > 0 && /^(?:https|wss)$/.test(spokenOver),
  };
}

function listed(header: string | string[] | undefined): string[] {
  const items = [header ?? []].flat().join().split(',');
  return items.map((item) => item.trim()).filter((item) => item !== '');
}
