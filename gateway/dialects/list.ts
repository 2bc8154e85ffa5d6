import type { Dialect } from '../domain/dialect.ts';
import { homeassistant } from './homeassistant.ts';
import { native } from './native.ts';

/** Every language that is understood; the first that speaks a topic reads it. */
export const dialects: readonly Dialect[] = [native, homeassistant];
