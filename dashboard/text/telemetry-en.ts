import type { telemetrySv } from './telemetry-sv.ts';

/** English of how the writing of history goes. */
export const telemetryEn: typeof telemetrySv = {
  title: 'Telemetry',
};
