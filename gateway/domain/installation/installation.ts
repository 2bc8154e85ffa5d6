import { z } from 'zod';

import { type EventType, eventTypes } from '../../protocol/catalogue.ts';
import { InstallationView } from '../../protocol/device/installation.ts';

const instant = z.number();

/** What an installation itself must remember; all else is seen from what the device and people have done. */
export const InstallationBody = z.object({
  /** The device whose place the new one takes. */
  replaces: z.string().nullable(),
  /** Whether the device was entered for this installation. */
  isMade: z.boolean(),
  /** Since when it is in the home: what came before in the event log, and was dropped before, does not count. */
  placed: z.object({ at: instant, afterSeq: z.number(), droppedBefore: z.number() }).nullable(),
  /** The hold by which its alerts are tests, and when it was to end. */
  trial: z.object({ holdId: z.string(), until: instant }).nullable(),
  skipped: z.array(
    z.object({
      type: z.enum(eventTypes as [EventType, ...EventType[]]),
      reason: z.string(),
      at: instant,
      byId: z.string(),
    }),
  ),
  armedAt: instant.nullable(),
  /** The installation as it was when it was signed: the protocol, kept whatever becomes of the device. */
  protocol: InstallationView.nullable(),
});
export type InstallationBody = z.infer<typeof InstallationBody>;

export interface Installation {
  id: string;
  municipalityId: string;
  homeId: string;
  deviceId: string | null;
  byId: string;
  state: 'open' | 'signed' | 'abandoned';
  startedAt: number;
  changedAt: number;
  body: InstallationBody;
}

export interface InstallationWish {
  id?: string | undefined;
  homeId?: string | undefined;
  deviceId?: string | undefined;
  state?: Installation['state'] | undefined;
}

/** Installations as rows: what is asked for, and what is kept. */
export interface Installations {
  /** Open ones first, then the newest; at most 200. */
  installations: (
    municipalityId: string,
    wish: InstallationWish,
  ) => Promise<readonly Installation[]>;
  addInstallation: (installation: Installation) => Promise<void>;
  /** Refused as AppError `conflict` unless it is open and was changed last at `changedAt`. */
  saveInstallation: (installation: Installation, changedAt: number) => Promise<void>;
}

/** What a device and people have done since it was placed. */
export interface Trace {
  /** The first thing that was kept of it, whatever it is; null: nothing yet. */
  firstAt: number | null;
  /** When each type came first. */
  seen: ReadonlyMap<EventType, number>;
  /** The position of its latest event in the log; 0: none. */
  lastSeq: number;
  connected: boolean;
  lastSeenAt: number | null;
  batteryPercent: number | null;
  rssiDbm: number | null;
  lqi: number | null;
  firmware: string | null;
  /** Events dropped for want of consent, ever. */
  dropped: number;
  /** Test alarms it has raised since it was armed, and who took them. */
  alarms: readonly Alarm[];
}

export interface Alarm {
  alertId: string;
  raisedAt: number;
  acceptedAt: number | null;
  acceptedBy: string | null;
}

/** Reads what became of a device in the hands of a technician. */
export type TraceOf = (
  device: { id: string; homeId: string },
  since: { afterSeq: number; armedAt: number | null },
) => Promise<Trace>;

export function newBody(replaces: string | null): InstallationBody {
  return {
    replaces,
    isMade: false,
    placed: null,
    trial: null,
    skipped: [],
    armedAt: null,
    protocol: null,
  };
}
