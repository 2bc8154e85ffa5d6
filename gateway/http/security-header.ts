import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Where the dashboard's styles may come from. */
const styleSources = ["'self'"];

const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  'style-src': styleSources,
  'img-src': ["'self'", 'data:'],
  // The stream is covered: CSP level 3 lets 'self' match ws: and wss: of the same host.
  'connect-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

export function securityHeaders(isHttps: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isHttps,
  });
}
