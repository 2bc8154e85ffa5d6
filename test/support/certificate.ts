import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { temporaryFolder } from './temporary-folder.ts';

/** A certificate and its key, as PEM, and the files they are in. */
export interface CertificateFiles {
  cert: Buffer;
  key: Buffer;
  certFile: string;
  keyFile: string;
}

export interface CertificateWish {
  subject: string;
  /** Lines such as `basicConstraints=critical,CA:true`. */
  extensions?: readonly string[];
  /** Whoever vouches for it; itself without. */
  issuer?: { cert: Buffer | string; key: Buffer | string };
  serial?: string;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

function openssl(words: readonly string[]) {
  return promisify(execFile)('openssl', [...words]);
}

/** Has OpenSSL make a certificate for a day. */
export async function makeCertificate(wish: CertificateWish): Promise<CertificateFiles> {
  const folder = await temporaryFolder();
  const file = (name: string) => join(folder, name);
  const [certFile, keyFile] = [file('cert.pem'), file('key.pem')];
  const named = ['-subj', wish.subject, '-keyout', keyFile];
  const extensions = (wish.extensions ?? []).flatMap((line) => ['-addext', line]);
  const lasting = [
    '-days',
    '1',
    ...(wish.serial === undefined ? [] : ['-set_serial', wish.serial]),
  ];
  if (wish.issuer === undefined) {
    await openssl([
      'req',
      '-x509',
      ...curve,
      ...named,
      ...extensions,
      ...lasting,
      '-out',
      certFile,
    ]);
  } else {
    const [ca, caKey, request] = [file('ca.pem'), file('ca-key.pem'), file('request.pem')];
    await writeFile(ca, wish.issuer.cert);
    await writeFile(caKey, wish.issuer.key);
    await openssl(['req', '-new', ...curve, ...named, ...extensions, '-out', request]);
    const by = ['-CA', ca, '-CAkey', caKey, '-copy_extensions', 'copyall'];
    await openssl(['x509', '-req', '-in', request, ...by, ...lasting, '-out', certFile]);
  }
  return { cert: await readFile(certFile), key: await readFile(keyFile), certFile, keyFile };
}

/** For a server on this machine. */
export function makeServerCertificate(): Promise<CertificateFiles> {
  return makeCertificate({
    subject: '/CN=localhost',
    extensions: ['subjectAltName=DNS:localhost,IP:127.0.0.1'],
  });
}

/** A request (PKCS #10) and the key it is for. */
export async function makeRequest(
  subject: string,
  kind: readonly string[] = curve,
): Promise<{ request: string; key: Buffer }> {
  const folder = await temporaryFolder();
  const [requestFile, keyFile] = [join(folder, 'request.pem'), join(folder, 'key.pem')];
  await openssl([
    'req',
    '-new',
    ...kind,
    '-subj',
    subject,
    '-keyout',
    keyFile,
    '-out',
    requestFile,
  ]);
  return { request: await readFile(requestFile, 'utf8'), key: await readFile(keyFile) };
}

/** What OpenSSL says; rejects with that when it says no. */
export async function askOpenssl(words: readonly string[]): Promise<string> {
  const { stdout, stderr } = await openssl(words);
  return stdout + stderr;
}
