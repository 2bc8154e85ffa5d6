import { describe, expect, test } from 'vitest';

import { openWorld, type WorldOptions } from './world.ts';

/** How a proxy on this machine tells of a device elsewhere. */
const elsewhere = { 'x-forwarded-for': '203.0.113.7' };
const overHttp = { ...elsewhere, 'x-forwarded-proto': 'http' };
const overHttps = { ...elsewhere, 'x-forwarded-proto': 'https' };
const isPublic = { publicUrl: 'https://vaka.example', http: { proxies: 1 } };

/** What is answered to a device with a wrong secret, and with a wrong key: 401 is "looked at". */
async function statuses(options: WorldOptions, headers: Record<string, string>) {
  const world = await openWorld(options);
  const send = (path: string, body: unknown, more: Record<string, string> = {}) =>
    world.call('POST', `/api/v1${path}`, { origin: null, body, headers: { ...headers, ...more } });
  const authorization = `Basic ${Buffer.from('hub-1:wrong').toString('base64')}`;
  const uplink = await send('/uplinks/native', [], { authorization });
  const key = await send('/provisioning', { key: 'k'.repeat(43), serial: 'A-1' });
  return [uplink.status, key.status];
}

describe('a secret that a device sends over HTTP', () => {
  test.each([
    ['from this machine', {}, {}, 401],
    ['from elsewhere, over https', isPublic, overHttps, 401],
    ['from elsewhere, over what the proxy does not say', isPublic, elsewhere, 401],
    ['from elsewhere, past the TLS of the proxy', isPublic, overHttp, 403],
    ['from elsewhere, where there is no https', { http: { proxies: 1 } }, overHttps, 403],
    [
      'from elsewhere, where plain text is meant',
      { http: { proxies: 1, plainFor: 'anyone' as const } },
      elsewhere,
      401,
    ],
  ])('%s', async (_, options, headers, status) => {
    expect(await statuses(options, headers)).toEqual([status, status]);
  });
});
