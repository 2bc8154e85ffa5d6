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

/** The camera reads the codes of equipment; nothing else of a phone is asked for, and nothing for other origins. */
const permissionsPolicy = 'camera=(self), geolocation=(), microphone=()';

export function securityHeaders(isHttps: boolean): RequestHandler {
  const protect = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
    strictTransportSecurity: isHttps,
  });
  return (request, response, next) => {
    response.setHeader('Permissions-Policy', permissionsPolicy);
    protect(request, response, next);
  };
}
