import { mayBeKnown } from '../domain/consent.ts';
import type { HomeFile } from '../domain/directory.ts';
import { isInForce } from '../domain/duty/held.ts';
import type { Equipped } from '../domain/equipment.ts';
import { testsOf } from '../domain/installation/function-test.ts';
import type { Installation, Trace } from '../domain/installation/installation.ts';
import { alarmOf, firstHeardAt, standOf, stepOf } from '../domain/installation/progress.ts';
import type { Store } from '../domain/store.ts';
import type { InstallationView } from '../protocol/device/installation.ts';
import { capabilitiesOf } from '../protocol/profile.ts';

type Sources = Pick<Store, 'equipment' | 'directory' | 'staffing'>;

/** Answers how an installation stands: its protocol once it is signed, until then what can be seen of it now. */
export function createInstallationView(
  sources: Sources,
  clock: () => number,
): (installation: Installation) => Promise<InstallationView> {
  const { equipment, directory } = sources;

  return async (installation) => {
    const { id, homeId, body, state } = installation;
    if (body.protocol !== null) return body.protocol;
    const home = (await directory.homes([homeId])).get(homeId) ?? null;
    const names = await directory.people([installation.byId]);
    const device = installation.deviceId && (await equipment.device(installation.deviceId));
    const facts = device ? await factsOf(device, installation, home) : nothing;
    return {
      id,
      step: stepOf({ ...facts, state, hasDevice: facts.device !== null, isPlaced: isPlaced(body) }),
      state,
      home: { id: homeId, label: home?.label ?? homeId },
      by: { id: installation.byId, name: names.get(installation.byId) ?? installation.byId },
      startedAt: installation.startedAt,
      changedAt: installation.changedAt,
      replaces: await replacedBy(installation),
      ...facts,
      trialUntil: await trialOf(installation),
      signed: null,
    };
  };

  async function factsOf(
    device: Equipped,
    { homeId, body }: Installation,
    home: HomeFile | null,
  ): Promise<Facts> {
    const trace = await equipment.trace(
      { id: device.id, homeId },
      { afterSeq: body.placed?.afterSeq ?? Number.MAX_SAFE_INTEGER, armedAt: body.armedAt },
    );
    const capabilities = capabilitiesOf(device.profile, device.model);
    const { alertId, raisedAt, acceptedAt, acceptedBy } = alarmOf(trace.alarms) ?? noAlarm;
    return {
      device: await present(device, homeId, trace, body.placed?.droppedBefore ?? null),
      firstMessageAt: firstHeardAt(body, trace),
      tests: standOf(testsOf(capabilities), body, trace.seen, (type) =>
        mayBeKnown(type, device.profile, home, 'now'),
      ),
      alarm: { armedAt: body.armedAt, alertId, raisedAt, acceptedAt, acceptedBy },
    };
  }

  async function present(
    { id, name, profile, model, behind, place }: Equipped,
    homeId: string,
    { connected, batteryPercent, rssiDbm, lqi, firmware, dropped }: Trace,
    droppedBefore: number | null,
  ): Promise<InstallationView['device']> {
    const hub = behind && (await equipment.device(behind.hubId));
    return {
      id,
      name,
      profile,
      model,
      hub: behind && {
        id: behind.hubId,
        name: hub?.name ?? behind.hubId,
        address: behind.address,
      },
      placement: place?.homeId === homeId ? place.placement : null,
      connected,
      batteryPercent,
      rssiDbm,
      lqi,
      firmware,
      droppedWithoutConsent: droppedBefore === null ? 0 : dropped - droppedBefore,
    };
  }

  async function replacedBy({ body }: Installation): Promise<InstallationView['replaces']> {
    const old = body.replaces && (await equipment.device(body.replaces));
    if (!old) return null;
    return { deviceId: old.id, name: old.name, placement: old.place?.placement ?? null };
  }

  /** When its trial ends, or has ended: also because somebody has ended the hold itself. */
  async function trialOf({ body: { trial } }: Installation): Promise<number | null> {
    if (trial === null) return null;
    const at = clock();
    const { holds } = await sources.staffing.arrangements();
    const isOn = holds.some((hold) => hold.id === trial.holdId && isInForce(hold, at));
    return isOn ? trial.until : Math.min(trial.until, at);
  }
}

type Facts = Pick<InstallationView, 'device' | 'firstMessageAt' | 'tests' | 'alarm'>;

const noAlarm = { alertId: null, raisedAt: null, acceptedAt: null, acceptedBy: null };

const nothing: Facts = {
  device: null,
  firstMessageAt: null,
  tests: [],
  alarm: { armedAt: null, ...noAlarm },
};

function isPlaced({ placed }: Installation['body']): boolean {
  return placed !== null;
}
