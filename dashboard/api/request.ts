import { z } from 'zod';

import { Problem } from '../../gateway/protocol/api.ts';
import { ApiError, noAnswer, unreadable } from './api-error.ts';

type Method = 'GET' | 'PUT' | 'POST' | 'DELETE';

export interface RequestOptions {
  method?: Method;
  body?: unknown;
  signal?: AbortSignal;
  /** After so long without an answer there is none. */
  timeoutMs?: number;
}

const usualTimeoutMs = 15_000;

/** Asks the gateway, and believes only what its schema allows. Throws ApiError. */
export async function request<T>(
  schema: z.ZodType<T>,
  path: string,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw await refusal(response);
  const answer = schema.safeParse(await readJson(response));
  if (!answer.success) throw new ApiError(unreadable, null, { cause: answer.error });
  return answer.data;
}

const Page = z.object({ next: z.string().nullable() });
const maxPages = 50;

/** Follows `next` to the end. */
export async function requestAll<T extends z.infer<typeof Page>>(
  schema: z.ZodType<T>,
  path: string,
  options: RequestOptions = {},
): Promise<[T, ...T[]]> {
  const pages: [T, ...T[]] = [await request(schema, path, options)];
  let next = pages[0].next;
  while (next !== null && pages.length < maxPages) {
    const cursor = encodeURIComponent(next);
    const joint = path.includes('?') ? '&' : '?';
    const page = await request(schema, `${path}${joint}cursor=${cursor}`, options);
    pages.push(page);
    next = page.next;
  }
  return pages;
}

async function send(
  path: string,
  { method = 'GET', body, signal, timeoutMs = usualTimeoutMs }: RequestOptions,
) {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
  } catch (cause) {
    throw new ApiError(noAnswer, null, { cause });
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = Problem.safeParse(await readJson(response));
  return new ApiError(response.status, problem.success ? (problem.data.detail ?? null) : null);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}
