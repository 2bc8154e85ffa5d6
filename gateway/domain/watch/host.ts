import type { Text } from '../../protocol/text.ts';
import type { Condition, WatchId } from './condition.ts';
import type { Picture, Watchdog } from './picture.ts';

export const sweepLateAfterMs = 30_000;
/** A sweep that was late may be so again; it is said for so long. */
const saidForMs = 5 * 60_000;
const clockJumpMs = 30_000;
const jumpSaidForMs = 15 * 60_000;
const diskShare = 0.1;
const diskBytes = 500_000_000;

/** Everybody's alerts hang on the sweep. */
export function watchSweep(): Watchdog {
  let lateAt: number | null = null;
  let since = 0;
  return {
    ids: ['sweep-late'],
    look: (picture) => {
      const { at, sweepGapMs } = picture;
      if (sweepGapMs > sweepLateAfterMs) {
        if (lateAt === null) since = at - sweepGapMs;
        lateAt = at;
      }
      if (lateAt !== null && at - lateAt >= saidForMs) lateAt = null;
      return lateAt === null ? [] : everywhere(picture, 'sweep-late', since);
    },
  };
}

/** Nothing can be stored on a full disk, and so nothing acknowledged. */
export function watchDisk(): Watchdog {
  let since: number | null = null;
  return {
    ids: ['disk-nearly-full'],
    look: (picture) => {
      const { at, disk } = picture;
      if (disk === null) return null;
      const isFull = disk.freeBytes < diskBytes || disk.freeBytes < diskShare * disk.totalBytes;
      since = isFull ? (since ?? at) : null;
      return since === null ? [] : everywhere(picture, 'disk-nearly-full', since);
    },
  };
}

/** Deadlines are instants of the wall clock: when that is set, they come too soon or too late. */
export function watchClock(): Watchdog {
  let aheadMs: number | null = null;
  let jumpedAt: number | null = null;
  return {
    ids: ['clock-jumped'],
    look: (picture) => {
      const { at, clockAheadMs } = picture;
      if (aheadMs !== null && Math.abs(clockAheadMs - aheadMs) > clockJumpMs) jumpedAt = at;
      aheadMs = clockAheadMs;
      const isOver = jumpedAt !== null && (at - jumpedAt >= jumpSaidForMs || at < jumpedAt);
      if (isOver) jumpedAt = null;
      return jumpedAt === null ? [] : everywhere(picture, 'clock-jumped', jumpedAt);
    },
  };
}

type HostId = Extract<WatchId, 'sweep-late' | 'disk-nearly-full' | 'clock-jumped'>;

const texts: Readonly<Record<HostId, { title: Text; action: Text }>> = {
  'sweep-late': {
    title: { sv: 'Vaka hinner inte med', en: 'Vaka is falling behind' },
    action: {
      sv: 'Upptrappning av larm kan dröja. Kontrollera servern: processor, disk och loggar.',
      en: 'Escalation of alerts may be delayed. Check the server: processor, disk and logs.',
    },
  },
  'disk-nearly-full': {
    title: { sv: 'Disken är nästan full', en: 'The disk is nearly full' },
    action: {
      sv: 'När den är full tas inga larm emot. Frigör plats på servern.',
      en: 'When it is full no alerts are taken. Free some space on the server.',
    },
  },
  'clock-jumped': {
    title: { sv: 'Serverns klocka har ställts om', en: 'The server’s clock was set' },
    action: {
      sv: 'Tider i larm kan vara fel. Kontrollera att serverns klocka går rätt och ställs av NTP.',
      en: 'Times in alerts may be wrong. Check that the clock is right and kept by NTP.',
    },
  },
};

/** What is wrong with the host concerns every municipality. */
function everywhere(
  { arrangements }: Pick<Picture, 'arrangements'>,
  id: HostId,
  since: number,
): Condition[] {
  return [...arrangements.municipalities.keys()].map((municipalityId) => ({
    municipalityId,
    need: id,
    rule: { id, ...texts[id] },
    unitId: null,
    since,
  }));
}
