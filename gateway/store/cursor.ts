import type { z } from 'zod';

import { AppError } from '../domain/errors.ts';

/** Where a page ended, as an opaque text. */
export function writeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws AppError `invalid` for a text that is no cursor of ours. */
export function readCursor<Position extends readonly (string | number)[]>(
  schema: z.ZodType<Position>,
  text: string,
): Position {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch (cause) {
    throw new AppError('invalid', 'The cursor is not one of ours: begin again without it.', {
      cause,
    });
  }
}
