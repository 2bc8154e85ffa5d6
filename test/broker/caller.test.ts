import { describe, expect, test } from 'vitest';

import { forwardedCaller, isExposed, isLoopback, isLoopbackHost } from '../../broker/caller.ts';

describe('a password', () => {
  test.each([
    ['127.0.0.1', false],
    ['127.8.9.10', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::FFFF:127.0.0.1', false],
    ['192.168.1.20', true],
    ['::ffff:192.168.1.20', true],
    ['10.127.0.1', true],
    ['1270.0.0.1', true],
    ['127.0.0.1.example', true],
    ['fe80::1', true],
    ['2001:db8::127', true],
    ['', true],
  ])('from %s without TLS can be read by others: %s', (address, exposed) => {
    expect(isExposed({ address, isEncrypted: false })).toBe(exposed);
    expect(isLoopback(address)).toBe(!exposed);
    expect(isExposed({ address, isEncrypted: true })).toBe(false);
  });
});

test.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['::1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['192.168.1.20', false],
  ['vaka.example', false],
])('what listens at %s is for this machine alone: %s', (host, own) => {
  expect(isLoopbackHost(host)).toBe(own);
});

test.each([
  ['past the proxies', 1, {}, '10.0.0.9', false],
  ['where no proxy is believed', 0, { 'x-forwarded-for': '192.0.2.1' }, '10.0.0.9', false],
  ['through the proxy', 1, { 'x-forwarded-for': '192.0.2.1' }, '192.0.2.1', true],
  [
    'in the clear to the proxy',
    1,
    { 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https, http' },
    '192.0.2.1',
    false,
  ],
])('what comes %s is not taken for more than it is', (_, proxies, headers, address, encrypted) => {
  expect(forwardedCaller(headers, '10.0.0.9', { proxies, isHttps: true })).toEqual({
    address,
    isEncrypted: encrypted,
  });
});
