import express, { type Request, type RequestHandler } from 'express';
import { z } from 'zod';

import { AppError } from '../domain/errors.ts';
import { deviceIdPattern } from '../protocol/topic.ts';
import type { Route } from './route.ts';

/** The way in for network servers, which speak HTTP and no MQTT. */
export interface Uplinks {
  /** Whether it is a secret of this hub; takes as long for a wrong one as for a right one. */
  verify: (hubId: string, secret: Buffer) => Promise<boolean>;
  /** Resolves once it is stored and evaluated, with the reason if some of it was refused; rejects when it was not stored. */
  accept: (hubId: string, topic: string, payload: Buffer) => Promise<{ refused: string | null }>;
}

export interface UplinkDependencies {
  uplinks: Uplinks;
}

/** Requests under it come from no page of ours, and prove themselves by the hub's secret in each. */
export const uplinkPath = '/api/v1/uplinks';

const bytesAtMost = 256 * 1_024;

const UplinkParams = z.object({ dialect: z.enum(['native', 'chirpstack', 'tts', 'senml']) });
const UplinkQuery = z.object({
  /** What ChirpStack says happened. */
  event: z
    .string()
    .regex(/^[a-z]{1,32}$/, 'Write what happened in small letters, such as `up`.')
    .optional(),
});

/** Keeps the bytes as they are, for the dialect to read. */
export function uplinkBody(): RequestHandler {
  return express.raw({ type: () => true, limit: bytesAtMost });
}

export function uplinkRoutes({ uplinks }: UplinkDependencies): Route[] {
  return [
    {
      method: 'post',
      path: `${uplinkPath}/{dialect}`,
      access: 'anyone',
      operation: {
        operationId: 'sendUplink',
        summary:
          'Hand in what a hub or a network server has heard, with the hub’s id and secret as Basic credentials.',
        security: [{ device: [] }],
        requestParams: { path: UplinkParams, query: UplinkQuery },
        requestBody: {
          required: true,
          content: { 'application/json': { schema: z.json() } },
        },
        responses: {
          204: { description: 'It is stored and evaluated.' },
          202: {
            description:
              'It is kept, but some of it is of no use. Sending it again changes nothing.',
            content: { 'application/json': { schema: Refused } },
          },
        },
      },
      handle: async (request, response) => {
        const hubId = await authenticate(uplinks, request);
        if (hubId === null) {
          response.setHeader('WWW-Authenticate', 'Basic realm="vaka", charset="UTF-8"');
          throw new AppError(
            'unauthenticated',
            'Send the id and the secret of the hub as Basic credentials.',
          );
        }
        const topic = `vaka/v1/${hubId}/${restOf(request)}`;
        const payload = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const { refused } = await uplinks.accept(hubId, topic, payload);
        // A network server sends again for ever what is answered with an error.
        if (refused === null) response.status(204).end();
        else response.status(202).json({ refused });
      },
    },
  ];
}

const Refused = z.object({ refused: z.string() }).meta({ id: 'UplinkRefused' });

/** The topic under which the same would have come by MQTT. */
function restOf(request: Request): string {
  const { event } = UplinkQuery.parse(request.query);
  const { dialect } = UplinkParams.parse(request.params);
  switch (dialect) {
    case 'native':
      return 'events';
    case 'chirpstack':
      if (event === undefined) {
        throw new AppError('invalid', 'Say what happened in the address, such as ?event=up.');
      }
      return `chirpstack/event/${event}`;
    case 'tts':
      return 'tts/uplink';
    case 'senml':
      return 'senml';
  }
}

/** The hub whose secret the request holds; null: none. */
async function authenticate(
  { verify }: Pick<Uplinks, 'verify'>,
  request: Request,
): Promise<string | null> {
  const { hubId, secret } = credentialsOf(request);
  if (!deviceIdPattern.test(hubId)) return null;
  return (await verify(hubId, secret)) ? hubId : null;
}

const basic = /^Basic +([A-Za-z0-9+/=_-]{1,1024})$/i;

/** Basic credentials (RFC 7617); empty ones when there are none. */
function credentialsOf({ headers }: Request): { hubId: string; secret: Buffer } {
  const given = Buffer.from(basic.exec(headers.authorization ?? '')?.[1] ?? '', 'base64');
  const end = Math.max(0, given.indexOf(':'));
  return { hubId: given.subarray(0, end).toString(), secret: given.subarray(end + 1) };
}
