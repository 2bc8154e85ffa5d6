import { AppError } from '../domain/errors.ts';
import type { ProvisioningDesk } from '../domain/identity-desk.ts';
import type { Provisioning, ProvisioningOutcome } from '../domain/provisioning.ts';
import { isProfile, profiles } from '../protocol/profile.ts';
import { hashSecret } from './onboarding.ts';

export interface ProvisioningDeskOptions {
  provisioning: Pick<Provisioning, 'provision'>;
  clock: () => number;
  newId: () => string;
  random: (bytes: number) => Buffer;
  /** Where devices find MQTT, once it listens. */
  mqttUrl: () => string;
  /** Ends the device's connections, as what it had holds no more. */
  disconnect: (deviceId: string) => void;
  /** Told what became of each request; ids only. */
  told: (outcome: ProvisioningOutcome) => void;
  /** A refusal is answered no sooner than this, whatever it is for. */
  refusalMs?: number;
}

const secretBytes = 32;
const idBytes = 6;
const serialShown = 4;

export function createProvisioningDesk(options: ProvisioningDeskOptions): ProvisioningDesk {
  const { provisioning, clock, newId, random, mqttUrl, refusalMs = 500 } = options;

  function newDevice(serial: string, profile: string): { id: string; name: string } {
    const title = isProfile(profile) ? profiles[profile].title.sv : profile;
    const id = `${profile}-${random(idBytes).toString('hex')}`;
    return { id, name: `${title} ${serial.slice(-serialShown)}` };
  }

  return {
    provision: async ({ key, serial }) => {
      const answerAt = performance.now() + refusalMs;
      const secret = random(secretBytes).toString('base64url');
      const outcome = await provisioning.provision({
        keyHash: hashSecret(key),
        serial,
        newDevice: ({ profile }) => newDevice(serial, profile),
        credentialId: newId(),
        secretHash: hashSecret(secret),
        at: clock(),
      });
      options.told(outcome);
      switch (outcome.result) {
        case 'provisioned':
          if (outcome.isAgain) options.disconnect(outcome.deviceId);
          return { deviceId: outcome.deviceId, secret, mqttUrl: mqttUrl() };
        case 'conflict':
          throw new AppError(
            'conflict',
            'A device with this serial number has its secret already. After a factory reset a technician lets it come again.',
          );
        case 'refused':
          await waitUntil(answerAt);
          throw new AppError(
            'unauthenticated',
            'This key cannot be used. Ask whoever looks after the devices for a new one.',
          );
      }
    },
  };
}

/** So that how long it took to see that a key is of no use does not tell why. */
async function waitUntil(instant: number): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, instant - performance.now()));
  });
}
