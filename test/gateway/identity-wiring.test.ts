import mqtt, { type IClientOptions } from 'mqtt';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';

import { withTools } from '../../gateway/cli/context.ts';
import { readConfig } from '../../gateway/config.ts';
import { createGateway } from '../../gateway/gateway.ts';
import {
  CredentialList,
  NewCertificate,
  NewProvisioningKey,
  NewSecret,
  Provisioned,
} from '../../gateway/protocol/device/identity.ts';
import { makeServerCertificate } from '../support/certificate.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addUser, furnish } from './store/furnish.ts';

/** The whole gateway with a certificate, and somebody who is signed in. */
async function openGateway(more: Record<string, string> = {}) {
  const server = await makeServerCertificate();
  const environment = {
    VAKA_DATA_DIR: await temporaryFolder(),
    VAKA_HTTP_PORT: '0',
    VAKA_MQTT_PORT: '0',
    VAKA_MQTTS_PORT: '0',
    VAKA_TLS_CERT_FILE: server.certFile,
    VAKA_TLS_KEY_FILE: server.keyFile,
    ...more,
  };
  const token = await withTools({ environment }, async ({ store, signIn }) => {
    await furnish(store, { norr: { 'norr-1': ['n1'] } });
    await addUser(store, { id: 'adam', municipalityId: 'norr', role: 'administrator' });
    return (await signIn.createLink('adam')).token;
  });
  const logged: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => logged.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const gateway = createGateway(readConfig(environment), { log });
  const addresses = await gateway.start();
  onTestFinished(() => gateway.stop());
  const { publicUrl } = addresses;
  const signedIn = await fetch(`${publicUrl}/api/v1/session`, {
    method: 'POST',
    headers: { origin: publicUrl, 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';

  return {
    ...addresses,
    logged,
    call: async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(`${publicUrl}/api/v1${path}`, {
        method,
        headers: { origin: publicUrl, cookie, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return response.json();
    },
    /** As a device: no cookie, and no page. */
    provision: async (body: object): Promise<unknown> => {
      const response = await fetch(`${publicUrl}/api/v1/provisioning`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return response.json();
    },
    connect: async (url: string, clientId: string, options: IClientOptions) => {
      const client = await mqtt.connectAsync(url, {
        clientId,
        protocolVersion: 4,
        reconnectPeriod: 0,
        ca: server.cert,
        ...options,
      });
      onTestFinished(() => client.endAsync(true));
      return client;
    },
  };
}

test('what a person arranges is what devices sign in with, and what is taken back cuts them off', async () => {
  const gateway = await openGateway();
  const { call } = gateway;
  const { secret, mqttUrl } = NewSecret.parse(await call('POST', '/devices/button-n1/secret'));
  expect(mqttUrl).toBe(`mqtts://127.0.0.1:${gateway.mqttsPort ?? 0}`);
  const bySecret = await gateway.connect(mqttUrl, 'button-n1', {
    username: 'button-n1',
    password: secret,
  });
  await bySecret.publishAsync('vaka/v1/button-n1/events', '{"id":"1","type":"help.pressed"}', {
    qos: 1,
  });
  await call('POST', '/authority');
  const { certificate, key } = NewCertificate.parse(
    await call('POST', '/devices/button-n1/certificate'),
  );
  const shown = { cert: certificate, key: key ?? '' };
  const byCertificate = await gateway.connect(mqttUrl, 'button-n1', shown);
  const closed = new Promise((resolve) => {
    byCertificate.once('close', () => resolve(null));
  });
  const path = '/devices/button-n1/credentials';
  const { items } = CredentialList.parse(await call('GET', path));
  const { id = '' } = items.find(({ kind }) => kind === 'certificate') ?? {};
  await call('POST', `${path}/${id}/revocation`, { reason: 'Lost.' });
  await closed;
  await expect(gateway.connect(mqttUrl, 'button-n1', shown)).rejects.toMatchObject({ code: 5 });
  expect(gateway.logged).toContainEqual(
    expect.objectContaining({ msg: 'log-in refused', reason: 'certificate-revoked' }),
  );
});

test('a device of a fleet fetches its secret and signs in with it', async () => {
  const gateway = await openGateway();
  const { key } = NewProvisioningKey.parse(
    await gateway.call('POST', '/provisioning-keys', {
      name: 'Box 7',
      profile: 'door-contact',
      uses: 1,
      expiresAt: Date.now() + 3_600_000,
    }),
  );
  const { deviceId, secret, mqttUrl } = Provisioned.parse(
    await gateway.provision({ key, serial: 'SN-1' }),
  );
  const signedIn = { username: deviceId, password: secret };
  const client = await gateway.connect(mqttUrl, deviceId, signedIn);
  expect(client.connected).toBe(true);
});

test('over http through a proxy no password is taken, unless that is allowed', async () => {
  const away = { wsOptions: { headers: { 'X-Forwarded-For': '203.0.113.9' } } };
  const right = { username: 'button-n1', password: 'secret of button-n1', ...away };
  const urlOf = ({ publicUrl }: { publicUrl: string }) => `${publicUrl.replace('http', 'ws')}/mqtt`;
  const closed = await openGateway({ VAKA_PROXIES: '1' });
  await expect(closed.connect(urlOf(closed), 'button-n1', right)).rejects.toMatchObject({
    code: 5,
  });
  expect(closed.logged).toContainEqual(
    expect.objectContaining({
      msg: 'log-in refused',
      reason: 'not-encrypted',
      address: '203.0.113.9',
      why: expect.stringContaining('VAKA_PLAIN_MQTT_FOR=anyone'),
    }),
  );
  const open = await openGateway({ VAKA_PROXIES: '1', VAKA_PLAIN_MQTT_FOR: 'anyone' });
  expect((await open.connect(urlOf(open), 'button-n1', right)).connected).toBe(true);
});
