import { HomeDayDetail, HomeWeeks } from '../../gateway/protocol/history/home-day.ts';
import { TrendList } from '../../gateway/protocol/series/series.ts';
import type { Language } from '../../gateway/protocol/text.ts';
import { request } from './request.ts';

/** From a day to a day, both included; days of the wall clock. */
export interface Days {
  from: string;
  to: string;
}

/** The seven days that end on one, and those that end on another to compare with. */
export interface WeekWish {
  to: string;
  compare: string | null;
}

function homePath(id: string, rest: string): string {
  return `/homes/${encodeURIComponent(id)}/${rest}`;
}

function trendPath(id: string): string {
  return `/devices/${encodeURIComponent(id)}/trends`;
}

function weekQuery({ to, compare }: WeekWish): string {
  return new URLSearchParams({ to, ...(compare !== null && { compare }) }).toString();
}

function daysQuery({ from, to }: Days): string {
  return new URLSearchParams({ from, to }).toString();
}

/** Where the same answer is as a file. */
function file(path: string, query: string, language: Language): string {
  return `/api/v1${path}.csv?${query === '' ? '' : `${query}&`}language=${language}`;
}

export function fetchWeeks(id: string, wish: WeekWish, signal: AbortSignal): Promise<HomeWeeks> {
  return request(HomeWeeks, `${homePath(id, 'weeks')}?${weekQuery(wish)}`, { signal });
}

export function weeksFile(id: string, wish: WeekWish, language: Language): string {
  return file(homePath(id, 'weeks'), weekQuery(wish), language);
}

/** Which habits differ in the seven days that end on one. */
export function habitsFile(id: string, to: string, language: Language): string {
  return file(homePath(id, 'habits'), new URLSearchParams({ to }).toString(), language);
}

export function fetchDay(id: string, day: string, signal: AbortSignal): Promise<HomeDayDetail> {
  return request(HomeDayDetail, homePath(id, `days/${day}`), { signal });
}

export function dayFile(id: string, day: string, language: Language): string {
  return file(homePath(id, `days/${day}`), '', language);
}

export function fetchClimate(id: string, days: Days, signal: AbortSignal): Promise<TrendList> {
  return request(TrendList, `${homePath(id, 'climate')}?${daysQuery(days)}`, { signal });
}

export function climateFile(id: string, days: Days, language: Language): string {
  return file(homePath(id, 'climate'), daysQuery(days), language);
}

export function fetchTrends(id: string, days: Days, signal: AbortSignal): Promise<TrendList> {
  return request(TrendList, `${trendPath(id)}?${daysQuery(days)}`, { signal });
}

export function trendsFile(id: string, days: Days, language: Language): string {
  return file(trendPath(id), daysQuery(days), language);
}
