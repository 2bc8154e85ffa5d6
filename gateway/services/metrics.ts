import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export type Metrics = ReturnType<typeof createMetrics>;

/** What operators watch; no label ever names a person, a home or a device. */
export function createMetrics(registry: Registry) {
  const registers = [registry];
  return {
    events: new Counter({
      name: 'vaka_events_total',
      help: 'Events taken from devices, by what became of them.',
      labelNames: ['result'] as const,
      registers,
    }),
    commitSeconds: new Histogram({
      name: 'vaka_ingest_commit_seconds',
      help: 'Time to evaluate and commit a batch of events.',
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
      registers,
    }),
    batchEvents: new Histogram({
      name: 'vaka_ingest_batch_events',
      help: 'Messages in a batch.',
      buckets: [1, 4, 16, 64, 256, 1_024],
      registers,
    }),
    bridgeNotices: new Counter({
      name: 'vaka_bridge_notices_total',
      help: 'What happened on the bridge to the municipality’s own broker.',
      labelNames: ['kind'] as const,
      registers,
    }),
    alertEvents: new Counter({
      name: 'vaka_alert_events_total',
      help: 'What happened to alerts.',
      labelNames: ['type'] as const,
      registers,
    }),
    notifications: new Counter({
      name: 'vaka_notifications_total',
      help: 'Notifications that need not be sent any more, by channel and by what became of them.',
      labelNames: ['channel', 'fate'] as const,
      registers,
    }),
    sweepLateSeconds: new Gauge({
      name: 'vaka_sweep_late_seconds',
      help: 'How much longer than its turn the last sweep took to come to its end.',
      registers,
    }),
    mendedDeadlines: new Counter({
      name: 'vaka_auditor_mended_total',
      help: 'Live alerts that were found without a valid next deadline. Anything above 0 is a fault.',
      registers,
    }),
    unusableRules: new Counter({
      name: 'vaka_rules_unusable_total',
      help: 'Rules in force, or values of a home’s own, that could not be used. Anything above 0 is a fault.',
      registers,
    }),
    watchConditions: new Gauge({
      name: 'vaka_watch_conditions',
      help: 'What the watchdogs find wrong with the service now, by kind, over all municipalities.',
      labelNames: ['kind'] as const,
      registers,
    }),
    outboxWaiting: new Gauge({
      name: 'vaka_outbox_waiting',
      help: 'Notifications that wait to be sent, by channel.',
      labelNames: ['channel'] as const,
      registers,
    }),
    screensConnected: new Gauge({
      name: 'vaka_screens_connected',
      help: 'Groups of screens that are connected, by what they may see.',
      registers,
    }),
    homesConnected: new Gauge({
      name: 'vaka_homes_connected',
      help: 'Homes with at least one device connected.',
      registers,
    }),
    diskFreeBytes: new Gauge({
      name: 'vaka_disk_free_bytes',
      help: 'Room left where the database is.',
      registers,
    }),
    deadManAnswered: new Gauge({
      name: 'vaka_dead_man_answered_seconds',
      help: 'When the outside service last took a sign of life from us, in epoch seconds.',
      registers,
    }),
    telemetryLagSeconds: new Gauge({
      name: 'vaka_telemetry_lag_seconds',
      help: 'How long the oldest line of the log has waited to be written, by sink.',
      labelNames: ['sink'] as const,
      registers,
    }),
    telemetryPoints: new Gauge({
      name: 'vaka_telemetry_points',
      help: 'Points of history since the start, by sink and by what became of them.',
      labelNames: ['sink', 'result'] as const,
      registers,
    }),
    brokerNotices: new Counter({
      name: 'vaka_broker_notices_total',
      help: 'What the broker refused or limited.',
      labelNames: ['kind'] as const,
      registers,
    }),
    loginRefusals: new Counter({
      name: 'vaka_login_refusals_total',
      help: 'Log-ins of devices that were refused, by why.',
      labelNames: ['reason'] as const,
      registers,
    }),
    provisioning: new Counter({
      name: 'vaka_provisioning_total',
      help: 'Requests of devices for their secrets, by what became of them.',
      labelNames: ['result'] as const,
      registers,
    }),
  };
}
