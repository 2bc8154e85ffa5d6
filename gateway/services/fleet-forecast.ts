import type { FleetStore } from '../domain/fleet.ts';
import { batteryEndsAt, forecastDays } from '../domain/fleet/battery-forecast.ts';
import type { DeviceFacts } from '../domain/fleet/device-facts.ts';
import { batteryLimits } from '../domain/fleet/fault.ts';
import { takeBreaths } from './breath.ts';

const dayMs = 86_400_000;
/** So many histories are read at a time, which takes some milliseconds. */
const readAtOnce = 100;

interface Kept {
  /** For which day and percentage it was made: what has told nothing new has the same forecast. */
  made: string;
  endsAt: number | null;
}

/**
 * When batteries will be at their urgent percentage. Histories are long and forecasts change once a day, so they are kept
 * in memory: the first look at a fleet waits for all of them, later ones for those that have told something new.
 */
export function createForecasts(fleet: Pick<FleetStore, 'batteryDays'>) {
  const kept = new Map<string, Kept>();

  async function renew(due: readonly DeviceFacts[], at: number): Promise<void> {
    const breathe = takeBreaths();
    const since = Math.floor(at / dayMs) - forecastDays;
    for (let first = 0; first < due.length; first += readAtOnce) {
      const some = due.slice(first, first + readAtOnce);
      const days = await fleet.batteryDays(
        some.map(({ id }) => id),
        since,
      );
      await breathe();
      for (const device of some) {
        const { urgentPercent } = batteryLimits(device);
        const endsAt = batteryEndsAt(days.get(device.id) ?? [], urgentPercent, at);
        kept.set(device.id, { made: madeFor(device, at), endsAt });
      }
      await breathe();
    }
  }

  return {
    /** Answers what tells it of a device of these. */
    of: async (
      devices: readonly DeviceFacts[],
      at: number,
    ): Promise<(deviceId: string) => number | null> => {
      await renew(
        devices.filter(
          (device) =>
            device.batteryPercent !== null && kept.get(device.id)?.made !== madeFor(device, at),
        ),
        at,
      );
      return (id) => kept.get(id)?.endsAt ?? null;
    },
  };
}

function madeFor({ batteryPercent }: DeviceFacts, at: number): string {
  return `${Math.floor(at / dayMs)} ${batteryPercent}`;
}
