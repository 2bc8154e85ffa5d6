import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect as connectTls, type TLSSocket } from 'node:tls';

import type { IConnectPacket } from 'mqtt-packet';
import { describe, expect, onTestFinished, test } from 'vitest';

import type { NewCertificate } from '../../gateway/protocol/device/identity.ts';
import { issueCertificate } from '../../gateway/services/certificate-authority.ts';
import { connectPacket, type RawDevice, speakOver, until } from '../broker/front-door.ts';
import { askOpenssl, type CertificateFiles, makeCertificate } from '../support/certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import {
  type IdentityWorld,
  openIdentityWorld,
  scopeOf,
  type Wish,
  withSecret,
} from './identity-world.ts';

const device = 'button-n1';
const day = 24 * 3_600_000;
const forClients = ['basicConstraints=critical,CA:false', 'extendedKeyUsage=clientAuth'];
const notAuthorized = 5;

async function openWorld() {
  const world = await openIdentityWorld();
  const administrator = scopeOf('administrator');
  await world.identity.makeAuthority(administrator);
  await world.identity.makeAuthority(scopeOf('administrator', 'syd'));
  const issue = (deviceId = device, municipalityId = 'norr') =>
    world.identity.issueCertificate(scopeOf('technician', municipalityId), deviceId, {});
  return { world, issue };
}

function shown({ certificate, key }: Pick<NewCertificate, 'certificate' | 'key'>): Wish {
  return { cert: certificate, key: key ?? '' };
}

async function ownAuthority({ store }: IdentityWorld) {
  const authority = await store.credentials.authority('norr');
  if (authority === null) throw new Error('There is no authority.');
  return { ...authority, cert: authority.certificate, key: authority.privateKey };
}

/** One that our authority issued at another time, and that is on record. */
async function issuedAt(world: IdentityWorld, at: number): Promise<Wish> {
  const authority = await ownAuthority(world);
  const issued = await issueCertificate(authority, { deviceId: device, request: undefined, at });
  const of = { id: issued.serial, deviceId: device, municipalityId: 'norr', at };
  await world.store.credentials.addCertificate({ ...issued, ...of });
  return shown(issued);
}

test('a certificate of the municipality’s authority lets its device in, without a password', async () => {
  const { world, issue } = await openWorld();
  const certificate = await issue();
  expect(await world.tryOut(device, shown(certificate))).toBe(0);
  expect(await world.tryOut(device, { ...shown(certificate), username: device })).toBe(0);
  expect(await world.tryOut(device, { ...shown(certificate), ...withSecret(device, 'x') })).toBe(0);
  expect(await world.tryOut(device, { ...shown(certificate), username: 'button-n2' })).toBe(4);
  expect(world.refusals()).toEqual(['user-name-differs']);
});

type Make = (world: IdentityWorld) => Promise<Wish>;

const another: Make = async (world) =>
  shown(await world.identity.issueCertificate(scopeOf(), 'button-n2', {}));

/** Made by OpenSSL with a key of ours, or with whatever else it is told. */
async function forged(
  world: IdentityWorld,
  more: Partial<Parameters<typeof makeCertificate>[0]> = {},
): Promise<CertificateFiles> {
  return makeCertificate({
    subject: `/CN=${device}`,
    extensions: forClients,
    issuer: await ownAuthority(world),
    ...more,
  });
}

const refused: [string, string, Make][] = [
  [
    'that vouches for itself',
    'certificate-self-signed',
    () => makeCertificate({ subject: `/CN=${device}`, extensions: forClients }),
  ],
  [
    'of an authority with the name and the key identifier of ours, and another key',
    'certificate-unknown-authority',
    async (world) => {
      const { certificate } = await world.identity.authority(scopeOf());
      const keyId = await keyIdOf(certificate);
      const extensions = ['basicConstraints=critical,CA:true', `subjectKeyIdentifier=${keyId}`];
      const subject = subjectOf(certificate);
      return forged(world, { issuer: await makeCertificate({ subject, extensions }) });
    },
  ],
  [
    'of the authority of another municipality',
    'certificate-unknown-authority',
    async (world) => {
      const authority = await world.store.credentials.authority('syd');
      if (authority === null) throw new Error('There is no authority.');
      return forged(world, { issuer: { cert: authority.certificate, key: authority.privateKey } });
    },
  ],
  [
    'of an authority that ours vouches for',
    'certificate-unknown-authority',
    async (world) => {
      const extensions = ['basicConstraints=critical,CA:true'];
      const between = await forged(world, { subject: '/CN=Between', extensions });
      const leaf = await forged(world, { issuer: between });
      return { cert: Buffer.concat([leaf.cert, between.cert]), key: leaf.key };
    },
  ],
  [
    'that another device vouches for',
    'certificate-unknown-authority',
    async (world) => {
      const { certificate, key } = await world.identity.issueCertificate(
        scopeOf(),
        'button-n2',
        {},
      );
      return forged(world, { issuer: { cert: certificate, key: key ?? '' } });
    },
  ],
  [
    'that holds no longer',
    'certificate-expired',
    (world) => issuedAt(world, world.clock() - 400 * day),
  ],
  [
    'that does not hold yet',
    'certificate-not-yet-valid',
    (world) => issuedAt(world, world.clock() + day),
  ],
  [
    'for servers',
    'certificate-wrong-purpose',
    (world) =>
      forged(world, {
        extensions: ['basicConstraints=critical,CA:false', 'extendedKeyUsage=serverAuth'],
      }),
  ],
  ['of the authority itself', 'certificate-wrong-purpose', ownAuthority],
  ['of another device', 'certificate-of-another-device', another],
  [
    'that names its device and another',
    'certificate-of-another-device',
    (world) => forged(world, { subject: `/CN=button-n2/CN=${device}` }),
  ],
  [
    'whose name has a line that names its device',
    'certificate-of-another-device',
    (world) => forged(world, { subject: `/O=x\nCN=${device}/CN=button-n2` }),
  ],
  [
    'that our key signed and we did not issue',
    'certificate-not-on-record',
    (world) => forged(world),
  ],
  [
    'that has the serial number of one that we issued',
    'certificate-not-on-record',
    async (world) => {
      const { serial } = await world.identity.issueCertificate(scopeOf(), device, {});
      return forged(world, { serial: `0x${serial}` });
    },
  ],
  [
    'that is revoked',
    'certificate-revoked',
    async (world) => {
      const certificate = await world.identity.issueCertificate(scopeOf(), device, {});
      await revokeAll(world);
      return shown(certificate);
    },
  ],
  [
    'of a device that is blocked',
    'certificate-revoked',
    async (world) => {
      const certificate = await world.identity.issueCertificate(scopeOf(), device, {});
      await world.storage.query(`update device set blocked_at = 1 where id = '${device}'`);
      return shown(certificate);
    },
  ],
];

describe('a certificate', () => {
  test.each(refused)(
    '%s is refused with a log line that says why (%s), also beside the right password',
    async (_, reason, make) => {
      const { world } = await openWorld();
      const { cert, key } = await make(world);
      const wish = { ...withSecret(device), cert: cert ?? '', key: key ?? '' };
      expect(await world.tryOut(device, wish)).toBe(notAuthorized);
      expect(world.logged.filter(({ msg }) => msg === 'log-in refused')).toMatchObject([
        { level: 40, deviceId: device, address: '127.0.0.1', reason, why: expect.any(String) },
      ]);
      const metrics = await world.registry.getSingleMetricAsString('vaka_login_refusals_total');
      expect(metrics).toContain(`{reason="${reason}"} 1`);
      expect(JSON.stringify(world.logged)).not.toMatch(/BEGIN|secret of/);
      // Without the certificate, the same device and its password are let in.
      const isBlocked = reason === 'certificate-revoked' && (await isBlockedNow(world));
      expect(await world.tryOut(device, withSecret(device))).toBe(isBlocked ? notAuthorized : 0);
    },
  );

  test('for a device of a municipality without an authority is refused', async () => {
    const world = await openIdentityWorld();
    const issuer = await makeCertificate({ subject: '/CN=Somebody' });
    const { cert, key } = await makeCertificate({ subject: `/CN=${device}`, issuer });
    expect(await world.tryOut(device, { cert, key })).toBe(notAuthorized);
    expect(world.refusals()).toEqual(['certificate-unknown-authority']);
  });

  test('ceases to hold when its time is over, by our clock', async () => {
    const { world, issue } = await openWorld();
    const certificate = await issue();
    world.pass(certificate.expiresAt - world.clock() - 1);
    expect(await world.tryOut(device, shown(certificate))).toBe(0);
    world.pass(1);
    expect(await world.tryOut(device, shown(certificate))).toBe(notAuthorized);
    expect(world.refusals()).toEqual(['certificate-expired']);
  });

  test('that is revoked ends the connection it has let in, and no other', async () => {
    const { world, issue } = await openWorld();
    const [one, neighbour] = [await issue(), await issue('button-n2')];
    const client = await world.connect(device, shown(one));
    const other = await world.connect('button-n2', shown(neighbour));
    const closed = new Promise((resolve) => {
      client.once('close', () => resolve(null));
    });
    await revokeAll(world);
    await closed;
    expect(await world.tryOut(device, shown(one))).toBe(notAuthorized);
    expect(other.connected).toBe(true);
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a resumed session of %s', (version) => {
  test('is judged by its certificate anew: revoked, it lets nobody in', async () => {
    const { world, issue } = await openWorld();
    const certificate = await issue();
    const first = await speakTls(world, certificate, version, null);
    await logIn(first.device, device);
    expect(first.device.received[0]).toMatchObject({ returnCode: 0 });
    const session = await first.session;

    const again = await speakTls(world, certificate, version, session);
    expect(again.socket.isSessionReused()).toBe(true);
    await logIn(again.device, device);
    expect(again.device.received[0]).toMatchObject({ returnCode: 0 });

    const other = await speakTls(world, certificate, version, session);
    await logIn(other.device, 'button-n2');
    expect(other.device.received[0]).toMatchObject({ returnCode: notAuthorized });

    await revokeAll(world);
    await again.device.closed;
    const late = await speakTls(world, certificate, version, session);
    expect(late.socket.isSessionReused()).toBe(true);
    await logIn(late.device, device);
    expect(late.device.received[0]).toMatchObject({ returnCode: notAuthorized });
    expect(world.refusals()).toEqual(['certificate-of-another-device', 'certificate-revoked']);
  });
});

async function speakTls(
  { ports, server }: IdentityWorld,
  { certificate, key }: NewCertificate,
  version: 'TLSv1.2' | 'TLSv1.3',
  session: Buffer | null,
): Promise<{ socket: TLSSocket; device: RawDevice; session: Promise<Buffer> }> {
  const socket = connectTls({
    host: '127.0.0.1',
    port: ports.tlsPort ?? 0,
    ca: server.cert,
    cert: certificate,
    key: key ?? '',
    minVersion: version,
    maxVersion: version,
    ...(session === null ? {} : { session }),
  });
  onTestFinished(() => void socket.destroy());
  const given = once(socket, 'session').then(([bytes]) => bytes as Buffer);
  given.catch(() => {});
  await once(socket, 'secureConnect');
  return { socket, device: speakOver(socket), session: given };
}

async function logIn(speaking: RawDevice, clientId: string): Promise<void> {
  const { username: _, password: __, ...bare } = connectPacket(clientId) as IConnectPacket;
  speaking.send(bare);
  await until(() => speaking.received.length > 0);
}

async function revokeAll(world: IdentityWorld): Promise<void> {
  const { items } = await world.identity.credentials(scopeOf(), device);
  for (const { id, kind } of items) {
    if (kind === 'certificate') await world.identity.revoke(scopeOf(), device, id, 'Lost.');
  }
}

async function isBlockedNow({ store }: IdentityWorld): Promise<boolean> {
  return (await store.credentials.device(device))?.blockedAt !== null;
}

/** The name of a certificate as OpenSSL takes it. */
function subjectOf(certificate: string): string {
  return `/${new X509Certificate(certificate).subject.replaceAll('\n', '/')}`;
}

async function keyIdOf(certificate: string): Promise<string> {
  const file = join(await temporaryFolder(), 'authority.pem');
  await writeFile(file, certificate);
  const told = await askOpenssl(['x509', '-in', file, '-noout', '-ext', 'subjectKeyIdentifier']);
  return /(?:[0-9A-F]{2}:){19}[0-9A-F]{2}/.exec(told)?.[0] ?? '';
}
