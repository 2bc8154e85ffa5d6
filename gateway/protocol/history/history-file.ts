import { z } from 'zod';

import { TrendQuery } from '../series/series.ts';
import { languages } from '../text.ts';
import { WeekQuery } from './home-day.ts';

/** …csv: in the words of a language; separated by semicolons, as spreadsheets in Sweden expect. */
export const HistoryFileQuery = z.object({ language: z.enum(languages).default('sv') });
export type HistoryFileQuery = z.infer<typeof HistoryFileQuery>;

export const WeekFileQuery = WeekQuery.extend(HistoryFileQuery.shape);
export type WeekFileQuery = z.infer<typeof WeekFileQuery>;

/** GET /homes/{id}/habits.csv: of the seven days up to and including `to`. */
export const HabitFileQuery = WeekFileQuery.omit({ compare: true });
export type HabitFileQuery = z.infer<typeof HabitFileQuery>;

export const TrendFileQuery = TrendQuery.safeExtend(HistoryFileQuery.shape);
export type TrendFileQuery = z.infer<typeof TrendFileQuery>;
