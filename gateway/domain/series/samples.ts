/** Measurements of the gateway itself, kept for a month so that every sink can come to them. */
export interface Samples {
  /** `values` are fields of the measurement `system`. */
  add: (at: number, values: Readonly<Record<string, number>>) => Promise<void>;
  /** Alerts that are live now, everywhere. */
  liveAlerts: () => Promise<number>;
}
