import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';

import { type Account } from '../domain/account.ts';
import { AppError } from '../domain/errors.ts';

interface Described {
  method: 'get' | 'put' | 'post' | 'delete';
  /** In OpenAPI's way of writing: `/api/v1/alerts/{id}`. */
  path: `/${string}`;
  operation: ZodOpenApiOperationObject;
}

/** One operation with its description, so that none can be served and not described. */
export type Route = Described &
  (
    | { access: 'anyone'; handle: (request: Request, response: Response) => Promise<void> | void }
    | {
        access: 'signed-in';
        handle: (request: Request, response: Response, account: Account) => Promise<void>;
      }
  );

export const IdParams = z.object({ id: z.string().min(1).max(64) });

/** The `{id}` of the path. */
export function idOf(request: Request): string {
  return IdParams.parse(request.params).id;
}

/** A body that was not sent is an empty one; one that is not JSON is refused. */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  const { 'content-length': length = '0', 'transfer-encoding': coding } = request.headers;
  if (request.body === undefined && (length !== '0' || coding !== undefined)) {
    throw new AppError('invalid', 'Send the body as JSON, with Content-Type: application/json.');
  }
  return schema.parse(request.body ?? {});
}

/** What is answered when all is well. */
export function answers(description: string, schema: z.ZodType) {
  return { 200: { description, content: { 'application/json': { schema } } } };
}

/** What is to be sent. */
export function body(schema: z.ZodType, required = true) {
  return { requestBody: { required, content: { 'application/json': { schema } } } };
}

/** Which page of a list: `cursor` is the `next` of the page before. */
export const PageParams = z.object({
  cursor: z.string().max(512).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
