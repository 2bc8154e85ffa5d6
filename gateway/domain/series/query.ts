import type { MeasurementName, TagName } from '../../protocol/series/measurement.ts';
import type { SeriesPoint, SeriesStep } from '../../protocol/series/series.ts';
import type { Span } from '../history.ts';

export interface SeriesQuestion extends Span {
  municipalityId: string;
  measurement: MeasurementName;
  field: string;
  /** Only what has all of these tags. */
  where: Readonly<Partial<Record<TagName, string>>>;
  /** One series for each combination of these tags. */
  by: readonly TagName[];
  /** Steps begin on the hour, and days at midnight in `timeZone`. `from` and `to` begin steps. */
  step: SeriesStep;
  timeZone: string;
}

export interface AnsweredSeries {
  tags: Readonly<Partial<Record<TagName, string>>>;
  /** Oldest first; steps without anything are left out. */
  points: readonly SeriesPoint[];
}

/** Asks a time-series store. All stores give the same answers, for as long back as they keep what is asked for. */
export interface TelemetryQuery {
  series: (question: SeriesQuestion) => Promise<readonly AnsweredSeries[]>;
}
