import type { Request } from 'express';
import { z } from 'zod';

import { AppError } from '../domain/errors.ts';
import { isLoopback } from './gate.ts';
import { answers, type Route } from './route.ts';

/** Each part that must work before events are welcome, and whether it does. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface OperationDependencies {
  readiness: () => Promise<Readiness>;
  metrics: { contentType: string; metrics: () => Promise<string> };
  /** Who may read the metrics: this machine, or anyone who reaches the port. */
  metricsFor: 'loopback' | 'anyone';
}

const Health = z.object({ alive: z.literal(true) }).meta({ id: 'Health' });
const ReadyAnswer = z
  .object({ ready: z.boolean(), parts: z.record(z.string(), z.boolean()) })
  .meta({ id: 'Readiness' });

/** For those who keep the gateway running. Nothing here is about a person. */
export function operationRoutes(dependencies: OperationDependencies): Route[] {
  const { readiness, metrics, metricsFor } = dependencies;
  return [
    {
      method: 'get',
      path: '/healthz',
      access: 'anyone',
      operation: {
        operationId: 'health',
        summary: 'Whether the process lives; restart it if it does not answer.',
        responses: answers('It lives.', Health),
      },
      handle: (_request, response) => {
        response.json({ alive: true });
      },
    },
    {
      method: 'get',
      path: '/readyz',
      access: 'anyone',
      operation: {
        operationId: 'readiness',
        summary: 'Whether every part works, and if not, which does not.',
        responses: {
          ...answers('All parts work.', ReadyAnswer),
          503: {
            description: 'Some part does not.',
            content: { 'application/json': { schema: ReadyAnswer } },
          },
        },
      },
      handle: async (_request, response) => {
        const parts = await readiness();
        const ready = Object.values(parts).every(Boolean);
        response.status(ready ? 200 : 503).json({ ready, parts });
      },
    },
    {
      method: 'get',
      path: '/metrics',
      access: 'anyone',
      operation: {
        operationId: 'metrics',
        summary: 'Measurements for Prometheus.',
        responses: {
          200: {
            description: 'Prometheus text format.',
            content: { 'text/plain': { schema: z.string() } },
          },
        },
      },
      handle: async (request, response) => {
        if (metricsFor === 'loopback' && !isLocal(request)) {
          throw new AppError('not-found', 'Metrics are answered to this machine only.');
        }
        const text = await metrics.metrics();
        response.setHeader('Content-Type', metrics.contentType);
        response.end(text);
      },
    },
  ];
}

/** A proxy on this machine speaks for others, and says so. */
function isLocal(request: Request): boolean {
  const { headers } = request;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return isLoopback(request) && !isForwarded;
}
