import type { AccessLog } from '../domain/access-log.ts';
import type { AlertCommand } from '../domain/alert/alert-command.ts';
import type { Alert } from '../domain/alert/alert.ts';
import { AppError } from '../domain/errors.ts';
import type { InstallationDesk } from '../domain/installation-desk.ts';
import { type Installation, newBody } from '../domain/installation/installation.ts';
import { requireOpen } from '../domain/installation/progress.ts';
import type { Ledger } from '../domain/ledger.ts';
import type { Scope } from '../domain/scope.ts';
import type { InstallationView } from '../protocol/device/installation.ts';
import { beginInstallation } from './begin-installation.ts';
import { type Chosen, chooseDevice } from './choose-device.ts';
import { createDecommission, type DecommissionOptions, requireEquipment } from './decommission.ts';
import { changeAndFollow } from './follow.ts';
import { createInstallationView } from './installation-view.ts';
import { signInstallation } from './sign-installation.ts';
import { type Acting, beginTrial, endTrial, testsEnded } from './trial.ts';

export interface InstallationDeskOptions extends DecommissionOptions {
  accessLog: AccessLog;
  newId: () => string;
  random: (bytes: number) => Buffer;
  /** Where devices sign in. */
  mqttUrl: () => string;
  /** Told of each change once it is committed; ids only. */
  changed: (change: { municipalityId: string; installationId: string; byId: string }) => void;
}

/** What is to be kept of an installation, and what becomes of alerts because of it. */
interface Change extends Partial<Pick<Installation, 'deviceId' | 'state' | 'body'>> {
  commands?: (alert: Alert) => readonly AlertCommand[];
}

type Work = (ledger: Ledger, installation: Installation, acting: Acting) => Promise<Change>;

export function createInstallationDesk(options: InstallationDeskOptions): InstallationDesk {
  const { store, clock, newId, random, accessLog, disconnected } = options;
  const viewOf = createInstallationView(store, clock);

  async function disclosed(scope: Scope, view: InstallationView): Promise<InstallationView> {
    await accessLog.write(scope, { action: 'devices', subjectId: view.home.id, at: clock() });
    return view;
  }

  async function change(scope: Scope, id: string, work: Work): Promise<InstallationView> {
    requireEquipment(scope);
    const { municipalityId, userId: byId } = scope;
    const saved: Installation[] = [];
    await changeAndFollow(options, async (ledger, at) => {
      const [known] = await ledger.equipment.installations(municipalityId, { id });
      if (known === undefined) throw notFound();
      requireOpen(known);
      const { commands, ...changes } = await work(ledger, known, { byId, at });
      const changedAt = Math.max(at, known.changedAt + 1);
      const installation = { ...known, ...changes, changedAt };
      await ledger.equipment.saveInstallation(installation, known.changedAt);
      saved.push(installation);
      return { homeId: known.homeId, ...(commands === undefined ? {} : { commands }) };
    });
    options.changed({ municipalityId, installationId: id, byId });
    const [installation] = saved;
    if (installation === undefined) throw notFound();
    return disclosed(scope, await viewOf(installation));
  }

  /** The same of a device that is in the home; its trial then goes on from now. */
  function tryOut(
    scope: Scope,
    id: string,
    work: (ledger: Ledger, installation: Installation, acting: Acting) => Promise<Change> | Change,
  ): Promise<InstallationView> {
    return change(scope, id, async (ledger, installation, acting) => {
      if (installation.body.placed === null) {
        throw new AppError('conflict', 'Place the device first.');
      }
      const done = await work(ledger, installation, acting);
      const trial = await beginTrial(ledger, installation, acting, newId);
      return { ...done, body: { ...installation.body, ...done.body, trial } };
    });
  }

  return {
    begin: async (scope, input) => {
      requireEquipment(scope);
      const home = (await store.directory.homes([input.homeId])).get(input.homeId);
      if (home?.context.municipalityId !== scope.municipalityId) {
        throw new AppError('not-found', 'There is no such home.');
      }
      const begun = await store.transaction((ledger) =>
        beginInstallation(ledger, input, scope, {
          id: newId(),
          at: clock(),
          people: store.directory.people,
        }),
      );
      options.changed({
        municipalityId: scope.municipalityId,
        installationId: begun.id,
        byId: scope.userId,
      });
      return disclosed(scope, await viewOf(begun));
    },
    list: async (scope, query) => {
      requireEquipment(scope);
      const found = await store.equipment.installations(scope.municipalityId, query);
      const items: InstallationView[] = [];
      for (const installation of found) items.push(await viewOf(installation));
      const subjectId = query.homeId ?? null;
      await accessLog.write(scope, { action: 'devices', subjectId, at: clock() });
      return { items };
    },
    one: async (scope, id) => {
      requireEquipment(scope);
      const [found] = await store.equipment.installations(scope.municipalityId, { id });
      if (found === undefined) throw notFound();
      return disclosed(scope, await viewOf(found));
    },
    choose: async (scope, id, wish) => {
      const choices: Chosen[] = [];
      const installation = await change(scope, id, async ({ equipment }, known, { at }) => {
        if (known.body.placed !== null) {
          const text = 'The device is placed already: abandon this installation to take another.';
          throw new AppError('conflict', text);
        }
        const { municipalityId, deviceId: before } = known;
        const chosen = await chooseDevice(equipment, wish, { municipalityId, at, random });
        choices.push(chosen);
        const isSame = chosen.deviceId === before;
        if (before !== null && !isSame && known.body.isMade) {
          await equipment.decommission(before, 'Another device was chosen.', at);
        }
        const isMade = isSame ? known.body.isMade : chosen.isMade;
        const body = { ...newBody(known.body.replaces), isMade };
        return { deviceId: chosen.deviceId, body };
      });
      const [chosen] = choices;
      if (!chosen || chosen.secret === null) return { installation, secret: null };
      const { deviceId, secret } = chosen;
      const mqttUrl = options.mqttUrl();
      return { installation, secret: { deviceId, secret, othersUntil: null, mqttUrl } };
    },
    place: (scope, id, where) =>
      change(scope, id, async (ledger, installation, acting) => {
        const { deviceId, homeId, body } = installation;
        const device = deviceId && (await ledger.equipment.device(deviceId));
        if (!device) throw new AppError('conflict', 'Choose the device first.');
        if (device.place !== null && (body.placed === null || device.place.homeId !== homeId)) {
          throw new AppError('conflict', `"${device.name}" has been placed elsewhere meanwhile.`);
        }
        const { lastSeq, dropped } = await store.equipment.trace(
          { id: device.id, homeId },
          { afterSeq: Number.MAX_SAFE_INTEGER, armedAt: null },
        );
        await ledger.equipment.place({ deviceId: device.id, homeId, ...where }, acting.at);
        const trial = await beginTrial(ledger, installation, acting, newId);
        const begun = { at: acting.at, afterSeq: lastSeq, droppedBefore: dropped };
        return { body: { ...body, placed: body.placed ?? begun, trial } };
      }),
    goOn: (scope, id) => tryOut(scope, id, () => ({})),
    skip: (scope, id, type, reason) =>
      tryOut(scope, id, async (_ledger, installation, { at, byId }) => {
        const { tests } = await viewOf(installation);
        if (!tests.some((test) => test.type === type)) {
          throw new AppError('not-found', `The device has no test "${type}".`);
        }
        const others = installation.body.skipped.filter((one) => one.type !== type);
        const skipped = [...others, { type, reason, at, byId }];
        return { body: { ...installation.body, skipped } };
      }),
    unskip: (scope, id, type) =>
      tryOut(scope, id, (_ledger, { body }) => ({
        body: { ...body, skipped: body.skipped.filter((one) => one.type !== type) },
      })),
    arm: (scope, id) =>
      tryOut(scope, id, async (ledger, { deviceId, body }, acting) => {
        const { at } = acting;
        await ledger.equipment.arm(deviceId ?? '', at);
        // A button that was tried has a live test already: pressed again it would repeat that one, and raise none.
        const commands = testsEnded(deviceId ?? '', acting);
        return { body: { ...body, armedAt: at }, commands };
      }),
    sign: async (scope, id, { note = null }) => {
      const { userId } = scope;
      const byName = (await store.directory.people([userId])).get(userId) ?? userId;
      const gone: string[] = [];
      const signed = await change(scope, id, async (ledger, installation, acting) => {
        const view = await viewOf(installation);
        const signing = { ...acting, byName, note, view };
        const { body, gone: old } = await signInstallation(ledger, installation, signing);
        gone.push(...old);
        const commands = testsEnded(installation.deviceId ?? '', acting);
        return { state: 'signed', body, commands };
      });
      for (const deviceId of gone) disconnected(deviceId);
      return signed;
    },
    abandon: (scope, id) =>
      change(scope, id, async (ledger, { deviceId, homeId, body }, acting) => {
        const { equipment } = ledger;
        const device = deviceId && (await equipment.device(deviceId));
        await endTrial(ledger, body, acting);
        if (device && device.decommissionedAt === null) {
          await equipment.arm(device.id, null);
          if (device.place?.homeId === homeId) await equipment.unplace(device.id, acting.at);
          // Its hub still finds it; its address is to be free for the next try.
          if (body.isMade && device.behind !== null) {
            await equipment.decommission(device.id, 'The installation was abandoned.', acting.at);
          }
        }
        return { state: 'abandoned', body: { ...body, trial: null } };
      }),
    decommission: createDecommission(options),
  };
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such installation.');
}
