import type { Session, SignIn } from '../domain/sign-in.ts';
import { Me, SignIn as SignInBody } from '../protocol/api.ts';
import type { Gate } from './gate.ts';
import { answers, body, parseBody, type Route } from './route.ts';

export interface SessionDependencies {
  signIn: SignIn;
  gate: Gate;
}

/** The path whose failures are counted. */
export const sessionPath = '/api/v1/session';

export function sessionRoutes({ signIn, gate }: SessionDependencies): Route[] {
  function begin(credentials: SignInBody): Promise<Session> {
    return 'token' in credentials
      ? signIn.withLink(credentials.token)
      : signIn.withPassword(credentials.email, credentials.password);
  }

  return [
    {
      method: 'post',
      path: sessionPath,
      access: 'anyone',
      operation: {
        operationId: 'signIn',
        summary: 'Sign in with a password or with a one-time link.',
        ...body(SignInBody),
        responses: answers('Who signed in; the session is in a cookie.', Me),
      },
      handle: async (request, response) => {
        const session = await begin(parseBody(SignInBody, request));
        const former = gate.tokenOf(request);
        if (former !== null) await signIn.signOut(former);
        response.setHeader('Set-Cookie', gate.setCookie(session));
        response.json(session.account.me);
      },
    },
    {
      method: 'delete',
      path: sessionPath,
      access: 'anyone',
      operation: {
        operationId: 'signOut',
        summary: 'Sign out; the session ends here and on every screen that uses it.',
        responses: { 204: { description: 'Nobody is signed in any more.' } },
      },
      handle: async (request, response) => {
        const token = gate.tokenOf(request);
        if (token !== null) await signIn.signOut(token);
        response.setHeader('Set-Cookie', gate.clearCookie());
        response.status(204).end();
      },
    },
    {
      method: 'get',
      path: '/api/v1/me',
      access: 'signed-in',
      operation: {
        operationId: 'me',
        summary: 'Who is signed in.',
        responses: answers('Who is signed in.', Me),
      },
      handle: async (_request, response, { me }) => {
        response.json(me);
      },
    },
  ];
}
