import type { IncomingMessage } from 'node:http';

import { parseCookie, type SerializeOptions, stringifySetCookie } from 'cookie';

import type { Account } from '../domain/account.ts';
import type { Session, SignIn } from '../domain/sign-in.ts';

export interface GateDependencies {
  signIn: Pick<SignIn, 'account'>;
  /** Where people's browsers find us, such as `https://vaka.example.se`. */
  publicUrl: string;
  clock: () => number;
}

/** Tells who a request comes from: which page, and which session. */
export interface Gate {
  isHttps: boolean;
  cookieName: string;
  /**
   * Whether a browser sent it from our own page. A request without an `Origin` was not, and a page of another site
   * cannot lie about its own: that is what keeps other sites from acting in a carer's name.
   */
  isOwnOrigin: (request: IncomingMessage) => boolean;
  /** Why a request from another origin was refused, in words that lead to the mend. */
  explainOrigin: (request: IncomingMessage) => string;
  /** The session's token and its account; null for nobody. */
  authenticate: (request: IncomingMessage) => Promise<SignedIn | null>;
  tokenOf: (request: IncomingMessage) => string | null;
  setCookie: (session: Session) => string;
  clearCookie: () => string;
}

export interface SignedIn {
  token: string;
  account: Account;
}

const loopbackAddresses = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const loopbackHosts = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

export function createGate({ signIn, publicUrl, clock }: GateDependencies): Gate {
  const { origin, protocol } = new URL(publicUrl);
  const isHttps = protocol === 'https:';
  const cookieName = isHttps ? '__Host-vaka' : 'vaka';
  // Strict costs nothing here: the page itself needs no session, and what it then fetches is same-site,
  // also when somebody came to it by a link in an e-mail.
  const attributes: SerializeOptions = {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: isHttps,
  };

  function tokenOf(request: IncomingMessage): string | null {
    const token = parseCookie(request.headers.cookie ?? '')[cookieName];
    return token === undefined || token === '' ? null : token;
  }

  return {
    isHttps,
    cookieName,
    isOwnOrigin: (request) => {
      const claimed = request.headers.origin;
      return claimed !== undefined && (claimed === origin || claimed === loopbackOrigin(request));
    },
    explainOrigin: ({ headers }) =>
      `This must come from the dashboard at ${origin}, and came from ${headers.origin ?? 'no page at all'}. ` +
      'If that is the right address, set it as the public address of the gateway.',
    authenticate: async (request) => {
      const token = tokenOf(request);
      const account = token === null ? null : await signIn.account(token);
      return token === null || account === null ? null : { token, account };
    },
    tokenOf,
    setCookie: ({ token, expiresAt }) => {
      const maxAge = Math.max(0, Math.floor((expiresAt - clock()) / 1_000));
      return stringifySetCookie({ ...attributes, name: cookieName, value: token, maxAge });
    },
    clearCookie: () =>
      stringifySetCookie({ ...attributes, name: cookieName, value: '', maxAge: 0 }),
  };
}

export function isLoopbackAddress(address: string): boolean {
  return loopbackAddresses.test(address);
}

/** Whether the connection itself comes from this machine; a proxy on this machine does too. */
export function isLoopback(request: IncomingMessage): boolean {
  return isLoopbackAddress(request.socket.remoteAddress ?? '');
}

/**
 * The origin of a dashboard that is opened on this machine, whatever port it listens on. Only names that mean this
 * machine count: with any other `Host`, a site that points its own name at 127.0.0.1 would pass as our own page.
 */
function loopbackOrigin(request: IncomingMessage): string | null {
  const host = request.headers.host ?? '';
  return isLoopback(request) && loopbackHosts.test(host) ? `http://${host}` : null;
}
