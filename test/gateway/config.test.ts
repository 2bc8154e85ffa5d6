import { resolve } from 'node:path';

import { describe, expect, test } from 'vitest';

import {
  type Config,
  deviceMqttUrlOf,
  hubMqttUrlOf,
  mqttUrlOf,
  publicUrlOf,
  readConfig,
  Variables,
} from '../../gateway/config.ts';

const defaults = {
  dataDir: resolve('data'),
  host: '127.0.0.1',
  httpPort: 8080,
  mqttPort: 1883,
  tls: null,
  plainMqttFor: 'loopback',
  publicUrl: null,
  bridge: null,
  mail: null,
  deadmanUrl: null,
  telemetry: {
    sinks: ['embedded'],
    rawDays: 90,
    lagMs: 15 * 60_000,
    influx1: null,
    influx2: null,
  },
  proxies: 0,
  metricsFor: 'loopback',
  logLevel: 'info',
};

const mail = {
  VAKA_SMTP_URL: 'smtps://vaka:secret@mail.example',
  VAKA_MAIL_FROM: 'Vaka <v@mail.example>',
};
const bridge = {
  url: 'mqtts://vaka:secret@mqtt.example',
  topic: 'vaka/v1/#',
  clientId: 'vaka',
  caFile: null,
};
const influx1 = { VAKA_TELEMETRY: 'influx-1', VAKA_INFLUX1_URL: 'http://vaka:secret@ts.example' };
const influx2 = {
  VAKA_TELEMETRY: 'embedded,influx-2',
  VAKA_INFLUX2_URL: 'https://ts.example',
  VAKA_INFLUX2_TOKEN: 'secret',
};
const pair = { VAKA_TLS_CERT_FILE: '/tls/cert.pem', VAKA_TLS_KEY_FILE: '/tls/key.pem' };

function written(some: Partial<Config['telemetry']>): Pick<Config, 'telemetry'> {
  return { telemetry: { ...defaults.telemetry, ...some } as Config['telemetry'] };
}

function refusal(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toMatchObject({ name: 'AppError', code: 'invalid' });
    return error instanceof Error ? error.message : '';
  }
  return 'none';
}

describe('the configuration', () => {
  test('listens on this machine alone when nothing is said', () => {
    expect(readConfig({})).toEqual(defaults);
    expect(readConfig({ PATH: '/bin', NODE_ENV: 'test', VAKA: 'x' })).toEqual(defaults);
  });

  test('takes every variable that it names', () => {
    const tls = { port: 8884, certFile: '/tls/cert.pem', keyFile: '/tls/key.pem' };
    const given: [Record<string, string>, object][] = [
      [{ VAKA_DATA_DIR: '/var/lib/vaka' }, { dataDir: '/var/lib/vaka' }],
      [{ VAKA_HOST: '0.0.0.0' }, { host: '0.0.0.0' }],
      [{ VAKA_HTTP_PORT: '0' }, { httpPort: 0 }],
      [{ VAKA_MQTT_PORT: '65535' }, { mqttPort: 65_535 }],
      [{ VAKA_MQTTS_PORT: '8884' }, {}],
      [{ ...pair, VAKA_MQTTS_PORT: '8884' }, { tls }],
      [pair, { tls: { ...tls, port: 8883 } }],
      [{ VAKA_PLAIN_MQTT_FOR: 'anyone' }, { plainMqttFor: 'anyone' }],
      [{ VAKA_PUBLIC_URL: 'https://vaka.example.se' }, { publicUrl: 'https://vaka.example.se' }],
      [{ VAKA_PROXIES: '2' }, { proxies: 2 }],
      [{ VAKA_METRICS_FOR: 'anyone' }, { metricsFor: 'anyone' }],
      [mail, { mail: { smtpUrl: mail.VAKA_SMTP_URL, from: mail.VAKA_MAIL_FROM } }],
      [{ VAKA_DEADMAN_URL: 'https://watch.example/1' }, { deadmanUrl: 'https://watch.example/1' }],
      [{ VAKA_BRIDGE_URL: bridge.url }, { bridge }],
      [
        {
          VAKA_BRIDGE_URL: bridge.url,
          VAKA_BRIDGE_TOPIC: 'vaka/v1/hub-1/#',
          VAKA_BRIDGE_CLIENT_ID: 'vaka-2',
          VAKA_BRIDGE_CA_FILE: '/tls/ca.pem',
        },
        {
          bridge: {
            ...bridge,
            topic: 'vaka/v1/hub-1/#',
            clientId: 'vaka-2',
            caFile: '/tls/ca.pem',
          },
        },
      ],
      [{ VAKA_LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
      [{ VAKA_TELEMETRY_RAW_DAYS: '40' }, written({ rawDays: 40 })],
      [{ VAKA_TELEMETRY_LAG_MINUTES: '2.5' }, written({ lagMs: 150_000 })],
      [
        { ...influx1, VAKA_INFLUX1_DATABASE: 'homes' },
        written({
          sinks: ['influx-1'],
          influx1: { url: influx1.VAKA_INFLUX1_URL, database: 'homes' },
        }),
      ],
      [
        { ...influx2, VAKA_INFLUX2_ORG: 'norr', VAKA_INFLUX2_BUCKET: 'homes' },
        written({
          sinks: ['embedded', 'influx-2'],
          influx2: {
            url: influx2.VAKA_INFLUX2_URL,
            token: 'secret',
            org: 'norr',
            bucket: 'homes',
          },
        }),
      ],
    ];
    for (const [environment, config] of given) {
      expect(readConfig(environment)).toEqual({ ...defaults, ...config });
    }
    const named = new Set(given.flatMap(([environment]) => Object.keys(environment)));
    expect(named).toEqual(new Set(Object.keys(Variables.shape)));
  });

  test('refuses what a variable cannot be, names it, and says what to write', () => {
    const port = 'Give a port from 0 (any free one) to 65535.';
    const wrong: [string, string, string][] = [
      ['VAKA_HTTP_PORT', 'http', 'Give a port number.'],
      ['VAKA_HTTP_PORT', '80.5', 'Give a whole number.'],
      ['VAKA_MQTT_PORT', '65536', port],
      ['VAKA_MQTTS_PORT', '-1', port],
      ['VAKA_PUBLIC_URL', 'vaka.example.se', 'Give an address such as https://vaka.example.se.'],
      ['VAKA_PUBLIC_URL', 'ftp://vaka.example.se', 'Give an address'],
      ['VAKA_PROXIES', '11', ''],
      ['VAKA_PROXIES', 'many', 'Give a number from 0 to 10.'],
      ['VAKA_MAIL_FROM', 'vaka', 'Give a sender such as vaka@example.se'],
      ['VAKA_METRICS_FOR', 'all', 'Write loopback or anyone.'],
      ['VAKA_PLAIN_MQTT_FOR', 'yes', 'Write loopback or anyone.'],
      ['VAKA_BRIDGE_TOPIC', 'vaka/#/events', 'Give a topic such as vaka/v1/#'],
      ['VAKA_BRIDGE_CLIENT_ID', 'our own', 'Write 1 to 64 letters'],
      ['VAKA_TELEMETRY', 'influx', 'Write one or several of embedded, influx-1 and influx-2'],
      ['VAKA_TELEMETRY', 'influx-2,', 'with commas'],
      ['VAKA_TELEMETRY_RAW_DAYS', '31', 'Give 32 days at least'],
      ['VAKA_TELEMETRY_LAG_MINUTES', '0', 'Give a minute at least.'],
      ['VAKA_LOG_LEVEL', 'loud', 'Write debug, info, warn, error or silent.'],
    ];
    for (const [name, value, says] of wrong) {
      const message = refusal({ [name]: value });
      expect(message).toContain(`${name}=${value} cannot be used.`);
      expect(message).toContain(says);
    }
  });

  test('refuses a name that means nothing, and lists those that do', () => {
    const message = refusal({ VAKA_HTTP_PROT: '80' });
    expect(message).toContain('VAKA_HTTP_PROT means nothing here.');
    for (const name of Object.keys(Variables.shape)) expect(message).toContain(name);
  });

  test('refuses half a certificate', () => {
    for (const [name, value] of Object.entries(pair)) {
      expect(refusal({ [name]: value })).toContain('give both, or neither');
    }
    expect(refusal({ ...pair, VAKA_TLS_KEY_FILE: '' })).toContain('give both, or neither');
  });

  test('refuses a time-series store that is named and not given, or given and not named', () => {
    const when = 'when, and only when, VAKA_TELEMETRY names';
    expect(refusal({ VAKA_TELEMETRY: 'influx-1' })).toContain(when);
    expect(refusal({ VAKA_INFLUX1_URL: influx1.VAKA_INFLUX1_URL })).toContain(when);
    expect(refusal({ VAKA_INFLUX1_URL: influx1.VAKA_INFLUX1_URL })).not.toContain('secret');
    const odd = refusal({ ...influx1, VAKA_INFLUX1_URL: 'http://vaka:100%sure@ts.example' });
    expect(odd).toContain('as %25');
    expect(odd).not.toContain('sure');
    expect(refusal({ ...influx2, VAKA_TELEMETRY: 'embedded' })).toContain(when);
    const { VAKA_INFLUX2_TOKEN: _, ...withoutToken } = influx2;
    expect(refusal(withoutToken)).toContain('InfluxDB 2 wants a token');
    expect(refusal({ ...influx2, VAKA_INFLUX2_URL: 'secret' })).not.toContain('=secret');
  });

  test('refuses a mail server without a sender, and a sender without a mail server', () => {
    for (const [name, value] of Object.entries(mail)) {
      expect(refusal({ [name]: value })).toContain('give both, or neither');
    }
  });

  test('shows nobody the password in an address that is wrong', () => {
    for (const name of ['VAKA_SMTP_URL', 'VAKA_DEADMAN_URL', 'VAKA_BRIDGE_URL']) {
      const message = refusal({ [name]: 'imap://vaka:geheim@mail.example' });
      expect(message).toContain(`${name} cannot be used. Give an address such as`);
      expect(message).not.toContain('geheim');
    }
    expect(refusal({ VAKA_SMTP_URL: 'smtp://vaka:geheim@mail.example' })).not.toContain('geheim');
  });

  test('refuses a password that could be read on its way to another broker, unless that is allowed', () => {
    const VAKA_BRIDGE_URL = 'mqtt://vaka:geheim@mqtt.example';
    const message = refusal({ VAKA_BRIDGE_URL });
    expect(message).toContain('use mqtts, or set VAKA_PLAIN_MQTT_FOR=anyone');
    expect(message).not.toContain('geheim');
    for (const allowed of [
      { VAKA_BRIDGE_URL, VAKA_PLAIN_MQTT_FOR: 'anyone' },
      { VAKA_BRIDGE_URL: 'mqtt://vaka:geheim@127.0.0.1:1884' },
      { VAKA_BRIDGE_URL: 'mqtt://mqtt.example' },
    ]) {
      expect(readConfig(allowed).bridge?.url).toBe(allowed.VAKA_BRIDGE_URL);
    }
  });

  test('finds hubs a way to send their password safely, or none', () => {
    const loopback = { plainMqttFor: 'loopback' } as const;
    expect(hubMqttUrlOf(loopback, 'mqtts://vaka.example:8883')).toBe('mqtts://vaka.example:8883');
    expect(hubMqttUrlOf(loopback, 'mqtt://127.0.0.1:1883')).toBe('mqtt://127.0.0.1:1883');
    expect(hubMqttUrlOf(loopback, 'mqtt://vaka.example:1883')).toBeNull();
    expect(hubMqttUrlOf({ plainMqttFor: 'anyone' }, 'mqtt://vaka.example:1883')).not.toBeNull();
  });

  test('takes an empty text for nothing, as compose files pass it', () => {
    expect(readConfig({ VAKA_HTTP_PORT: '', VAKA_HOST: '' })).toEqual(readConfig({}));
  });

  test('tells everything that is wrong at once, a line each', () => {
    const lines = refusal({ VAKA_HTTP_PORT: 'x', VAKA_LOG_LEVEL: 'y', VAKA_NO: 'z' }).split('\n');
    expect(lines.map((line) => line.replace(/[= ].*/, '')).toSorted()).toEqual([
      'VAKA_HTTP_PORT',
      'VAKA_LOG_LEVEL',
      'VAKA_NO',
    ]);
  });
});

describe('the public address', () => {
  test.each([
    ['127.0.0.1', '127.0.0.1'],
    ['0.0.0.0', '127.0.0.1'],
    ['::', '127.0.0.1'],
    ['::1', '[::1]'],
    ['vaka.lan', 'vaka.lan'],
  ])('of a gateway that listens on %s is at %s, for people and for devices', (given, host) => {
    const config = readConfig({ VAKA_HOST: given, VAKA_HTTP_PORT: '0', VAKA_MQTT_PORT: '1884' });
    expect(publicUrlOf({ ...config, httpPort: 8081 })).toBe(`http://${host}:8081`);
    expect(publicUrlOf(config, 8082)).toBe(`http://${host}:8082`);
    expect(mqttUrlOf(config)).toBe(`mqtt://${host}:1884`);
    expect(mqttUrlOf(config, 1885)).toBe(`mqtt://${host}:1885`);
  });

  test('is what the configuration says, whatever port was chosen', () => {
    const config = readConfig({ VAKA_PUBLIC_URL: 'https://vaka.example.se', VAKA_HOST: '::' });
    expect(publicUrlOf(config, 8082)).toBe('https://vaka.example.se');
  });
});

describe('devices elsewhere', () => {
  const ports = { mqttPort: 1884, mqttsPort: 8884 };
  const named = { VAKA_PUBLIC_URL: 'https://vaka.example.se:444/x' };
  const at: [string, Record<string, string>, string][] = [
    ['at the address we listen on', {}, 'mqtt://127.0.0.1:1884'],
    ['by the name people know us by', named, 'mqtt://vaka.example.se:1884'],
    ['over TLS when there is a certificate', { ...named, ...pair }, 'mqtts://vaka.example.se:8884'],
    ['over TLS at an address', { ...pair, VAKA_HOST: '::1' }, 'mqtts://[::1]:8884'],
  ];
  test.each(at)('find MQTT %s', (_, environment, url) => {
    expect(deviceMqttUrlOf(readConfig(environment), ports)).toBe(url);
  });
});
