import { randomBytes, randomUUID } from 'node:crypto';

import type { Command } from 'commander';

import { deviceMqttUrlOf } from '../config.ts';
import { AppError } from '../domain/errors.ts';
import type { IdentityDesk } from '../domain/identity-desk.ts';
import type { Scope } from '../domain/scope.ts';
import { createIdentityDesk } from '../services/identity-desk.ts';
import { type CommandContext, type Tools, withTools } from './context.ts';

/** The commands that give devices what they sign in with; each prints JSON. */
export function identityCommands(
  { devices, authority }: { devices: Command; authority: Command },
  context: CommandContext,
  answer: (value: object) => void,
): void {
  devices
    .command('secret')
    .description('A new secret, printed this once; the one in use holds until this one is used.')
    .argument('<id>', 'the device')
    .action((deviceId: string) =>
      withTools(context, async (tools) => {
        const device = await tools.store.credentials.device(deviceId);
        if (device === null) {
          throw new AppError('not-found', `There is no device "${deviceId}": check the id.`);
        }
        const scope = operatorOf(device.municipalityId);
        answer(await deskOf(tools).renewSecret(scope, deviceId));
      }),
    );

  authority
    .requiredOption('--municipality <id>')
    .action(({ municipality: id }: { municipality: string }) =>
      withTools(context, async (tools) => {
        if ((await tools.store.registry.municipality(id)) === null) {
          throw new AppError('not-found', `There is no municipality "${id}": check the id.`);
        }
        const desk = deskOf(tools);
        const isThere = (await tools.store.credentials.authority(id)) !== null;
        const scope = operatorOf(id);
        answer(await (isThere ? desk.authority(scope) : desk.makeAuthority(scope)));
      }),
    );
}

/** Whoever may run commands on the data directory may do what an administrator may. */
function operatorOf(municipalityId: string): Scope {
  return { userId: 'operator', municipalityId, role: 'administrator', units: 'all' };
}

function deskOf({ store, config }: Tools): IdentityDesk {
  const ports = { mqttPort: config.mqttPort, mqttsPort: config.tls?.port ?? null };
  return createIdentityDesk({
    ...store,
    clock: Date.now,
    newId: randomUUID,
    random: randomBytes,
    mqttUrl: () => deviceMqttUrlOf(config, ports),
    // Neither of these commands takes anything back.
    disconnect: () => {},
    changed: () => {},
  });
}
