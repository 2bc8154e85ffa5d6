import { STATUS_CODES } from 'node:http';

import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';

import { AppError, type ErrorCode } from '../domain/errors.ts';
import type { Problem } from '../protocol/api.ts';

const statuses: Readonly<Record<ErrorCode, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'too-many': 429,
};

/** What went wrong in reading a request, as Express and body-parser tell it. */
const RequestError = z.object({
  status: z.number().int().min(400).max(499),
  /** In bytes, when the body was larger. */
  limit: z.number().optional(),
});

/** The last handler: every error becomes an answer, and what nobody foresaw is logged, once and here. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const requestId = String(response.getHeader('X-Request-Id'));
    const expected = explain(error);
    if (expected === null) {
      const { method, route } = request as { method: string; route?: { path: string } };
      // The route's pattern and not its path, which may say who it is about.
      log.error({ err: error, requestId, method, route: route?.path }, 'request failed');
    }
    if (response.headersSent) {
      request.socket.destroy();
      return;
    }
    const { status, detail } = expected ?? {
      status: 500,
      detail: `Something went wrong here. Say this number to whoever runs it: ${requestId}`,
    };
    const problem: Problem = {
      type: 'about:blank',
      title: STATUS_CODES[status] ?? 'Error',
      status,
      detail,
    };
    response.status(status).type('application/problem+json').send(JSON.stringify(problem));
  };
}

function explain(error: unknown): { status: number; detail: string } | null {
  if (error instanceof AppError) return { status: statuses[error.code], detail: error.message };
  if (error instanceof z.ZodError) return { status: 400, detail: explainIssues(error) };
  const read = RequestError.safeParse(error);
  return read.success ? { status: read.data.status, detail: mendOf(read.data) } : null;
}

function explainIssues(error: { issues: readonly z.core.$ZodIssue[] }): string {
  return error.issues.map(explainIssue).join('; ');
}

/** Where it is wrong and what is expected there; never what was sent. */
function explainIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return issue.errors.map((issues) => explainIssues({ issues })).join(', or ');
  }
  const { path, message } = issue;
  return path.length === 0 ? message : `${path.join('.')}: ${message}`;
}

function mendOf({ status, limit = 0 }: z.infer<typeof RequestError>): string {
  if (status === 413) return `Send at most ${Math.floor(limit / 1_024)} KiB.`;
  if (status === 415) return 'Send JSON in UTF-8, not compressed.';
  return 'The request cannot be read. Check its address, and that its body is JSON.';
}
