import { z } from 'zod';

import { type SinkName, sinkNames } from './domain/series/sink.ts';

const sinkList = new RegExp(`^(${sinkNames.join('|')})(,(${sinkNames.join('|')})){0,2}$`);

const influxUrl = z
  .url({ protocol: /^https?$/, error: 'Give an address such as http://127.0.0.1:8086.' })
  .refine(isDecodable, 'Write % in a name or a password as %25.')
  .optional();

/** What is no address at all is refused as that. */
function isDecodable(url: string): boolean {
  if (!URL.canParse(url)) return true;
  const { username, password } = new URL(url);
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** The variables of the environment about history. */
export const telemetryVariables = {
  VAKA_TELEMETRY: z
    .string()
    .regex(sinkList, 'Write one or several of embedded, influx-1 and influx-2, with commas.')
    .default('embedded')
    .describe(
      'Where history is written, with commas: embedded, influx-1, influx-2. Charts ask the first. Default: embedded',
    ),
  VAKA_TELEMETRY_RAW_DAYS: z.coerce
    .number('Give a number of days.')
    .int('Give a whole number of days.')
    .min(32, 'Give 32 days at least: what a hub has kept may be a month old.')
    .max(3_650, 'Give 3650 days at the most.')
    .default(90)
    .describe(
      'For how long the embedded history keeps each reading; sums by hour and day last longer. Default: 90',
    ),
  VAKA_TELEMETRY_LAG_MINUTES: z.coerce
    .number('Give a number of minutes.')
    .min(1, 'Give a minute at least.')
    .max(10_080, 'Give a week, 10080 minutes, at the most.')
    .default(15)
    .describe('How far behind history may be before technicians are asked. Default: 15'),
  VAKA_INFLUX1_URL: influxUrl.describe(
    'InfluxDB 1.x, such as https://name:password@influx.example.se:8086',
  ),
  VAKA_INFLUX1_DATABASE: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'Write 1 to 64 letters, digits, _ or -.')
    .default('vaka')
    .describe('Database there; it must exist. Default: vaka'),
  VAKA_INFLUX2_URL: influxUrl.describe('InfluxDB 2.x or 3, such as https://influx.example.se:8086'),
  VAKA_INFLUX2_TOKEN: z.string().min(1, 'Give a token.').optional().describe('Token for it'),
  VAKA_INFLUX2_ORG: z
    .string()
    .min(1, 'Give the name of the organisation.')
    .default('vaka')
    .describe('Organisation there. Default: vaka'),
  VAKA_INFLUX2_BUCKET: z
    .string()
    .min(1, 'Give the name of the bucket.')
    .default('vaka')
    .describe('Bucket there; it must exist. Default: vaka'),
};

const Shape = z.object(telemetryVariables);
type Env = z.infer<typeof Shape>;

function needs(env: Pick<Env, 'VAKA_TELEMETRY'>, sink: SinkName): boolean {
  return env.VAKA_TELEMETRY.split(',').includes(sink);
}

export function telemetryOf(env: Env): TelemetryConfig {
  const named = [...new Set(env.VAKA_TELEMETRY.split(','))] as SinkName[];
  const [first = 'embedded', ...others] = named;
  const { VAKA_INFLUX1_URL: url1, VAKA_INFLUX2_URL: url2, VAKA_INFLUX2_TOKEN: token } = env;
  return {
    sinks: [first, ...others],
    rawDays: env.VAKA_TELEMETRY_RAW_DAYS,
    lagMs: env.VAKA_TELEMETRY_LAG_MINUTES * 60_000,
    influx1: url1 === undefined ? null : { url: url1, database: env.VAKA_INFLUX1_DATABASE },
    influx2:
      url2 === undefined || token === undefined
        ? null
        : { url: url2, token, org: env.VAKA_INFLUX2_ORG, bucket: env.VAKA_INFLUX2_BUCKET },
  };
}

/** Where history is written. */
export interface TelemetryConfig {
  /** Charts ask the first. */
  sinks: readonly [SinkName, ...SinkName[]];
  rawDays: number;
  /** Technicians are asked when it is further behind. */
  lagMs: number;
  /** Null unless it is among the sinks. */
  influx1: { url: string; database: string } | null;
  influx2: { url: string; token: string; org: string; bucket: string } | null;
}

/** What is set and what is named go together. */
export function checkTelemetry(env: Env, context: z.RefinementCtx): void {
  const refuse = (name: keyof Env, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message });
  const pairs = [
    ['influx-1', 'VAKA_INFLUX1_URL'],
    ['influx-2', 'VAKA_INFLUX2_URL'],
  ] as const;
  for (const [sink, name] of pairs) {
    if (needs(env, sink) === (env[name] !== undefined)) continue;
    refuse(name, `Set it when, and only when, VAKA_TELEMETRY names ${sink}.`);
  }
  if (needs(env, 'influx-2') && env.VAKA_INFLUX2_TOKEN === undefined) {
    refuse('VAKA_INFLUX2_TOKEN', 'InfluxDB 2 wants a token: set it.');
  }
}
