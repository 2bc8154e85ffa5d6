import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { connect } from 'node:tls';

import { expect, onTestFinished, test } from 'vitest';

import { readTls, type TlsPair, watchTls } from '../../gateway/tls.ts';
import { openFrontDoor } from '../broker/front-door.ts';
import { makeServerCertificate } from '../support/certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A broker that listens with a certificate of a folder, and a second certificate to put there. */
async function openWatched() {
  const [first, second] = [await makeServerCertificate(), await makeServerCertificate()];
  const folder = await temporaryFolder();
  const tls = { port: 0, certFile: join(folder, 'cert.pem'), keyFile: join(folder, 'key.pem') };
  await copyFile(first.certFile, tls.certFile);
  await copyFile(first.keyFile, tls.keyFile);
  const door = await openFrontDoor({ tls: await readTls(tls) });
  const failures: unknown[] = [];
  const renewals: number[] = [];
  const { look, stop } = await watchTls({
    tls,
    renewed: (pair: TlsPair, expiresAt) => {
      door.broker.renewCertificate(pair);
      renewals.push(expiresAt);
    },
    failed: (error) => failures.push(error),
  });
  onTestFinished(stop);

  async function shown(): Promise<string> {
    const socket = connect({ host: '127.0.0.1', port: door.tlsPort, rejectUnauthorized: false });
    onTestFinished(() => void socket.destroy());
    await once(socket, 'secureConnect');
    return socket.getPeerCertificate().fingerprint256;
  }

  return {
    first,
    second,
    tls,
    look,
    shown,
    failures,
    renewals,
    fingerprintOf: ({ cert }: { cert: Buffer }) => new X509Certificate(cert).fingerprint256,
  };
}

test('a certificate that is renewed is shown without a restart', async () => {
  const { first, second, tls, look, shown, failures, renewals, fingerprintOf } =
    await openWatched();
  await look();
  expect(await shown()).toBe(fingerprintOf(first));
  expect(renewals).toEqual([]);
  // Put in place as ACME clients do: a new file under the old name.
  await rename(second.keyFile, tls.keyFile);
  await rename(second.certFile, tls.certFile);
  await look();
  expect(await shown()).toBe(fingerprintOf(second));
  expect(renewals).toEqual([new X509Certificate(second.cert).validToDate.getTime()]);
  expect(failures).toEqual([]);
});

test('half of a new pair, rubbish and a missing file leave the old one in use, and are said once', async () => {
  const { first, second, tls, look, shown, failures, fingerprintOf } = await openWatched();
  await copyFile(second.certFile, tls.certFile);
  await look();
  await look();
  expect(failures).toHaveLength(1);
  await writeFile(tls.certFile, 'rubbish');
  await look();
  await rm(tls.certFile);
  await look();
  expect(failures).toHaveLength(3);
  expect(await shown()).toBe(fingerprintOf(first));
  await copyFile(second.certFile, tls.certFile);
  await copyFile(second.keyFile, tls.keyFile);
  await look();
  expect(await shown()).toBe(fingerprintOf(second));
});
