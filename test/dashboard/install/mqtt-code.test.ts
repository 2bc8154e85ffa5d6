import { expect, test } from 'vitest';

import { mqttCode } from '../../../dashboard/install/mqtt-code.ts';

test('holds address, id and secret as any client reads them', () => {
  const code = mqttCode({
    mqttUrl: 'mqtts://vaka.example:8883',
    deviceId: 'knapp:1',
    secret: 'a/b+c@d',
  });
  const read = new URL(code);
  expect([read.protocol, read.host]).toEqual(['mqtts:', 'vaka.example:8883']);
  expect(decodeURIComponent(read.username)).toBe('knapp:1');
  expect(decodeURIComponent(read.password)).toBe('a/b+c@d');
});
