import { readFile } from 'node:fs/promises';

import { z } from 'zod';

import { type Mapping, parseMapping } from '../../simulators/replay/mapping.ts';
import { AppError } from '../domain/errors.ts';

/** @throws AppError `invalid` that says what is wrong in the file. */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8');
  try {
    return parseMapping(text);
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    throw new AppError('invalid', `${file} is no mapping:\n${reason}`, { cause });
  }
}
