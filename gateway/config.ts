import { resolve } from 'node:path';

import { z } from 'zod';

import { AppError } from './domain/errors.ts';
import {
  checkTelemetry,
  type TelemetryConfig,
  telemetryOf,
  telemetryVariables,
} from './telemetry-config.ts';

const port = z.coerce
  .number('Give a port number.')
  .int('Give a whole number.')
  .min(0, 'Give a port from 0 (any free one) to 65535.')
  .max(65_535, 'Give a port from 0 (any free one) to 65535.');

const file = z.string().min(1, 'Give the path of a file.').optional();

const mailbox = /^(?:[^<>\r\n]{1,100} )?<?[^\s<>@]+@[^\s<>@]+>?$/;

/** Every variable of the environment that we read, and what it is for. */
export const Variables = z.strictObject({
  VAKA_DATA_DIR: z
    .string()
    .min(1, 'Give the path of a folder.')
    .default('data')
    .describe('Folder of the database; made if it is missing. Default: data'),
  VAKA_HOST: z
    .string()
    .min(1, 'Give an address such as 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1')
    .describe('Address to listen on. Default: 127.0.0.1, this machine only'),
  VAKA_HTTP_PORT: port.default(8080).describe('Port of the dashboard and the API. Default: 8080'),
  VAKA_MQTT_PORT: port.default(1883).describe('Port of MQTT. Default: 1883'),
  VAKA_MQTTS_PORT: port
    .default(8883)
    .describe('Port of MQTT over TLS, when a certificate is given. Default: 8883'),
  VAKA_PLAIN_MQTT_FOR: z
    .enum(['loopback', 'anyone'], 'Write loopback or anyone.')
    .default('loopback')
    .describe('Who may sign in without TLS. Default: loopback, this machine only'),
  VAKA_PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'Give an address such as https://vaka.example.se.' })
    .optional()
    .describe('Where people’s browsers find the dashboard. Default: the address and port above'),
  VAKA_TLS_CERT_FILE: file.describe('Certificate chain for MQTT over TLS, in PEM'),
  VAKA_TLS_KEY_FILE: file.describe('Key of that certificate, in PEM'),
  VAKA_PROXIES: z.coerce
    .number('Give a number from 0 to 10.')
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('How many reverse proxies stand in front of HTTP. Default: 0'),
  VAKA_METRICS_FOR: z
    .enum(['loopback', 'anyone'], 'Write loopback or anyone.')
    .default('loopback')
    .describe('Who may read /metrics. Default: loopback, this machine only'),
  VAKA_BRIDGE_URL: z
    .url({
      protocol: /^mqtts?$/,
      error: 'Give an address such as mqtts://name:password@mqtt.example.se.',
    })
    .optional()
    .describe('Broker of your own from which to fetch what devices publish. Default: none'),
  VAKA_BRIDGE_TOPIC: z
    .string()
    .regex(/^[^\s#+]+(\/[^\s#+]+)*(\/#)?$/, 'Give a topic such as vaka/v1/#, the # last.')
    .default('vaka/v1/#')
    .describe('What to subscribe to there. Default: vaka/v1/#'),
  VAKA_BRIDGE_CLIENT_ID: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, 'Write 1 to 64 letters, digits, dots, hyphens or underscores.')
    .default('vaka')
    .describe('Client id there, one for each gateway. Default: vaka'),
  VAKA_BRIDGE_CA_FILE: file.describe('Authority of its certificate, in PEM. Default: the system’s'),
  VAKA_SMTP_URL: z
    .url({
      protocol: /^smtps?$/,
      error: 'Give an address such as smtps://name:password@mail.example.se.',
    })
    .optional()
    .describe('Mail server through which alerts are e-mailed. Default: none, and no e-mail'),
  VAKA_MAIL_FROM: z
    .string()
    .regex(mailbox, 'Give a sender such as vaka@example.se or Vaka <vaka@example.se>.')
    .optional()
    .describe('Sender of those e-mails'),
  VAKA_DEADMAN_URL: z
    .url({ protocol: /^https?$/, error: 'Give an address such as https://watch.example.se/vaka.' })
    .refine(
      (text) => new URL(text).password === '',
      'Leave out name and password: nothing is sent with them.',
    )
    .optional()
    .describe('Told every minute that all is well, so that somebody outside sees when it is not'),
  ...telemetryVariables,
  VAKA_LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'Write debug, info, warn, error or silent.')
    .default('info')
    .describe('How much is logged. Default: info'),
});

const Environment = Variables.refine(
  (env) => (env.VAKA_TLS_CERT_FILE === undefined) === (env.VAKA_TLS_KEY_FILE === undefined),
  {
    message: 'A certificate and its key go together: give both, or neither.',
    path: ['VAKA_TLS_CERT_FILE'],
  },
)
  .refine((env) => (env.VAKA_SMTP_URL === undefined) === (env.VAKA_MAIL_FROM === undefined), {
    message: 'A mail server and a sender (VAKA_MAIL_FROM) go together: give both, or neither.',
    path: ['VAKA_SMTP_URL'],
  })
  .refine(
    ({ VAKA_BRIDGE_URL: url, VAKA_PLAIN_MQTT_FOR: plainFor }) => {
      if (url === undefined || plainFor === 'anyone') return true;
      const { protocol, hostname, password } = new URL(url);
      return protocol === 'mqtts:' || password === '' || isLoopbackHost(hostname);
    },
    {
      message:
        'Its password could be read on the way: use mqtts, or set VAKA_PLAIN_MQTT_FOR=anyone.',
      path: ['VAKA_BRIDGE_URL'],
    },
  )
  .superRefine(checkTelemetry);

export interface Config {
  dataDir: string;
  host: string;
  httpPort: number;
  mqttPort: number;
  tls: { port: number; certFile: string; keyFile: string } | null;
  /** Whose passwords may come without TLS; `loopback`: the port opens for this machine alone. */
  plainMqttFor: 'loopback' | 'anyone';
  /** Null: derived from the address we listen on. */
  publicUrl: string | null;
  /** Null: devices speak to us alone. The address may hold a password. */
  bridge: { url: string; topic: string; clientId: string; caFile: string | null } | null;
  /** Null: nothing is e-mailed. */
  mail: { smtpUrl: string; from: string } | null;
  /** Null: nobody outside is told that all is well. */
  deadmanUrl: string | null;
  telemetry: TelemetryConfig;
  proxies: number;
  metricsFor: 'loopback' | 'anyone';
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/**
 * Reads the configuration from the environment.
 * @throws AppError `invalid`, one line for each thing that is wrong, with what to write instead.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  // Compose files pass what is not set as an empty text.
  const ours = Object.entries(environment).filter(
    ([name, value]) => name.startsWith('VAKA_') && value !== '',
  );
  const parsed = Environment.safeParse(Object.fromEntries(ours));
  if (!parsed.success) {
    throw new AppError(
      'invalid',
      parsed.error.issues.map((issue) => explain(issue, environment)).join('\n'),
    );
  }
  const env = parsed.data;
  const { VAKA_TLS_CERT_FILE: certFile, VAKA_TLS_KEY_FILE: keyFile } = env;
  const { VAKA_SMTP_URL: smtpUrl, VAKA_MAIL_FROM: from, VAKA_BRIDGE_CA_FILE: caFile } = env;
  return {
    dataDir: resolve(env.VAKA_DATA_DIR),
    host: env.VAKA_HOST,
    httpPort: env.VAKA_HTTP_PORT,
    mqttPort: env.VAKA_MQTT_PORT,
    tls:
      certFile === undefined || keyFile === undefined
        ? null
        : { port: env.VAKA_MQTTS_PORT, certFile: resolve(certFile), keyFile: resolve(keyFile) },
    plainMqttFor: env.VAKA_PLAIN_MQTT_FOR,
    publicUrl: env.VAKA_PUBLIC_URL ?? null,
    bridge:
      env.VAKA_BRIDGE_URL === undefined
        ? null
        : {
            url: env.VAKA_BRIDGE_URL,
            topic: env.VAKA_BRIDGE_TOPIC,
            clientId: env.VAKA_BRIDGE_CLIENT_ID,
            caFile: caFile === undefined ? null : resolve(caFile),
          },
    mail: smtpUrl === undefined || from === undefined ? null : { smtpUrl, from },
    deadmanUrl: env.VAKA_DEADMAN_URL ?? null,
    telemetry: telemetryOf(env),
    proxies: env.VAKA_PROXIES,
    metricsFor: env.VAKA_METRICS_FOR,
    logLevel: env.VAKA_LOG_LEVEL,
  };
}

/** Where browsers find the dashboard: what the configuration says, or the address and port we listen on. */
export function publicUrlOf(
  { publicUrl, host, httpPort }: Pick<Config, 'publicUrl' | 'host' | 'httpPort'>,
  chosenPort = httpPort,
): string {
  return publicUrl ?? `http://${reachable(host)}:${chosenPort}`;
}

/** Where devices on this machine find MQTT. */
export function mqttUrlOf(
  { host, mqttPort }: Pick<Config, 'host' | 'mqttPort'>,
  chosenPort = mqttPort,
): string {
  return `mqtt://${reachable(host)}:${chosenPort}`;
}

/** Where devices elsewhere find MQTT: over TLS if there is a certificate, at the name people know us by if there is one. */
export function deviceMqttUrlOf(
  config: Pick<Config, 'host' | 'mqttPort' | 'tls' | 'publicUrl'>,
  chosen: { mqttPort: number; mqttsPort: number | null },
): string {
  const host =
    config.publicUrl === null ? reachable(config.host) : new URL(config.publicUrl).hostname;
  return config.tls === null
    ? `mqtt://${host}:${chosen.mqttPort}`
    : `mqtts://${host}:${chosen.mqttsPort ?? config.tls.port}`;
}

/**
 * Where hubs find MQTT so that nobody can read their password on the way; null: nowhere, for want of a certificate.
 */
export function hubMqttUrlOf(
  config: Pick<Config, 'plainMqttFor'>,
  deviceUrl: string,
): string | null {
  const { protocol, hostname } = new URL(deviceUrl);
  const isSafe = protocol === 'mqtts:' || isLoopbackHost(hostname);
  return isSafe || config.plainMqttFor === 'anyone' ? deviceUrl : null;
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

/** Nobody can connect to "every address"; this machine's own is one of them. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

/** Addresses that may hold a password, or are one: never shown, not even when they are wrong. */
const secrets: ReadonlySet<string> = new Set([
  'VAKA_SMTP_URL',
  'VAKA_DEADMAN_URL',
  'VAKA_BRIDGE_URL',
  'VAKA_INFLUX1_URL',
  'VAKA_INFLUX2_URL',
  'VAKA_INFLUX2_TOKEN',
]);

function explain(
  issue: z.core.$ZodIssue,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(Variables.shape).join(', ');
    return `${issue.keys.join(', ')} means nothing here. There are: ${known}.`;
  }
  const name = String(issue.path[0]);
  const shown = secrets.has(name) ? '' : `=${environment[name] ?? ''}`;
  return `${name}${shown} cannot be used. ${issue.message}`;
}
