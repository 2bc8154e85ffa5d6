import type { Outcome, Queue, Severity } from '../../protocol/alert.ts';
import type { Plan } from '../../protocol/duty/plan.ts';
import type { UnitInput } from '../../protocol/duty/unit.ts';
import type { Text } from '../../protocol/text.ts';
import type { UnitFile } from '../duty/arrangement.ts';
import type { Span } from '../history.ts';
import type { Answer } from './answer.ts';

/** An alert of one of the municipality's own homes, as follow-up counts it. */
export interface AlertFact extends Answer {
  id: string;
  homeId: string;
  deviceId: string | null;
  need: string;
  rule: { id: string; title: Text };
  severity: Severity;
  queue: Queue;
  raisedAt: number;
  resolvedAt: number | null;
  outcome: Outcome | null;
}

/** A device in a home, from then until then; null: it still stands there. */
export interface PlacedFact {
  deviceId: string;
  kind: string;
  from: number;
  until: number | null;
}

export interface HomeFact {
  id: string;
  label: string;
  unitId: string;
  timeZone: string;
  createdAt: number;
  /** How many it is for; who lives with them is not counted. */
  residents: number;
  placed: readonly PlacedFact[];
}

/** A pause of a home, or a test of it or of some devices in it: its equipment is not held to account then. */
export interface RestFact extends Span {
  homeId: string;
  kind: 'pause' | 'test';
  /** Null: all of the home's. */
  deviceIds: readonly string[] | null;
}

/** Somebody at work in a unit. */
export interface DutyFact extends Span {
  unitId: string;
  personId: string;
}

/** What was written at a time, and has held from then on. */
export interface Dated<T> {
  at: number;
  document: T;
}

/** One that has been changed: `versions` oldest first; before the first of them it was as that one says. */
export interface UnitFact extends UnitFile {
  versions: readonly Dated<UnitInput>[];
}

export interface ReportMunicipality {
  id: string;
  name: string;
  timeZone: string;
}

/** All that a follow-up of a stretch of time is made of. */
export interface ReportFacts {
  municipality: ReportMunicipality;
  homes: readonly HomeFact[];
  /** Raised in it, oldest first. */
  alerts: readonly AlertFact[];
  /** Names of the devices that some alert came from. */
  deviceNames: ReadonlyMap<string, string>;
  /** When devices could not be heard, as alerts tell it that lasted into it. */
  silences: readonly (Span & { deviceId: string })[];
  rests: readonly RestFact[];
  /** Own ones, and those of others that serve the municipality or are named in a plan of it. */
  units: readonly UnitFact[];
  duties: readonly DutyFact[];
  /** Oldest first; before the first of them homes were their own units'. */
  plans: readonly Dated<Plan>[];
}

/** What has happened in a municipality, for counting. Nothing of another municipality's homes or residents is read. */
export interface ReportSource {
  /** Null: there is none of this id. */
  municipality: (id: string) => Promise<ReportMunicipality | null>;
  /** `at`: what still lasts, lasts until then. */
  facts: (municipality: ReportMunicipality, span: Span, at: number) => Promise<ReportFacts>;
}
