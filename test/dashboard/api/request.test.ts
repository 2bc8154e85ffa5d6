import { afterEach, expect, test, vi } from 'vitest';
import { z } from 'zod';

import { ApiError, isGone, noAnswer, unreadable } from '../../../dashboard/api/api-error.ts';
import { explain } from '../../../dashboard/api/explain.ts';
import { request, requestAll } from '../../../dashboard/api/request.ts';
import { sv } from '../../../dashboard/text/sv.ts';

const Page = z.object({ items: z.array(z.number()), next: z.string().nullable() });

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function answering(answer: (path: string) => Response | Promise<Response>): string[] {
  const paths: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    paths.push(path);
    return answer(path);
  });
  return paths;
}

test('follows a list to its end', async () => {
  const paths = answering((path) =>
    Response.json(
      path.includes('cursor=') ? { items: [2], next: null } : { items: [1], next: 'a&b' },
    ),
  );
  const pages = await requestAll(Page, '/things?limit=1');
  expect(pages.flatMap(({ items }) => items)).toEqual([1, 2]);
  expect(paths).toEqual(['/api/v1/things?limit=1', '/api/v1/things?limit=1&cursor=a%26b']);
});

test('passes on the words of a refusal', async () => {
  const problem = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'Amina has it.' };
  answering(() => Response.json(problem, { status: 409 }));
  const refusal = await request(Page, '/things').catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 409, detail: 'Amina has it.' });
  expect(explain(refusal, sv)).toBe('Amina has it.');
});

test('does not believe an answer of the wrong shape', async () => {
  answering(() => Response.json({ items: 'all' }));
  const failure = await request(Page, '/things').catch((error: unknown) => error);
  expect(failure).toMatchObject({ status: unreadable });
  // As when the page is older than the gateway.
  expect(explain(failure, sv)).toBe(sv.unreadable);
});

test('says so when there is no answer at all', async () => {
  answering(() => Promise.reject(new TypeError('offline')));
  const failure = await request(Page, '/things').catch((error: unknown) => error);
  expect(failure).toMatchObject({ status: noAnswer });
  expect(explain(failure, sv)).toBe(sv.networkProblem);
  expect(failure).toBeInstanceOf(ApiError);
});

test('gives up after a while, which a caller may make longer', async () => {
  const asked: number[] = [];
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    asked.push(ms);
    return AbortSignal.abort();
  });
  vi.stubGlobal('fetch', async (_path: string, { signal }: { signal: AbortSignal }) => {
    signal.throwIfAborted();
  });
  for (const options of [{}, { timeoutMs: 90_000 }]) {
    // oxlint-disable-next-line no-await-in-loop -- in this order.
    await expect(request(Page, '/things', options)).rejects.toMatchObject({ status: noAnswer });
  }
  expect(asked).toEqual([15_000, 90_000]);
});

test('what is no longer the reader’s to see is told from what could not be fetched', () => {
  expect(
    [403, 404, 409, 500, noAnswer].map((status) => isGone(new ApiError(status, null))),
  ).toEqual([true, true, false, false, false]);
  expect(isGone(null)).toBe(false);
});
