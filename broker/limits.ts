/** A token bucket: `perSecond` in the long run, `burst` at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

/** What one device, one address or the whole world may cost us. */
export interface Limits {
  /** Remaining Length of one packet. */
  maxPacketBytes: number;
  /** Packets per device; more are left unread in the socket, none is dropped. */
  messages: Rate;
  /** Messages of one connection that are being stored; more are left unread. */
  maxInFlight: number;
  maxConnections: number;
  /** Keep Alive is never longer, and 0 means this [MQTT-3.1.2-24]. */
  maxKeepAliveSeconds: number;
  /** From the first byte of the connection to the last of CONNECT, TLS handshake included. */
  connectTimeoutMs: number;
  /** How long a device may leave what we send unread. */
  drainTimeoutMs: number;
  /** What we keep in memory for a device that reads too slowly, before it is cut off. */
  maxUnsentBytes: number;
  /** Downlinks kept for a device that is away; the oldest give way. */
  maxQueuedDownlinks: number;
  downlinkExpiryMs: number;
  /** A session is forgotten when its device has been away this long. */
  sessionExpiryMs: number;
  /** Reports to one device's `errors` topic; more are left out. */
  errorReports: Rate;
  /** Refused log-ins per address and client id; beyond that this id is not listened to from there. */
  refusals: Rate;
  /** Refused log-ins per address; beyond that nobody new is let in from there until it calms down. */
  addressRefusals: Rate;
  /** How long a refused log-in waits for its answer. */
  refusalDelayMs: number;
}

const hourMs = 3_600_000;

export const defaultLimits: Limits = {
  maxPacketBytes: 256 * 1024,
  messages: { perSecond: 500, burst: 5_000 },
  maxInFlight: 200,
  maxConnections: 20_000,
  maxKeepAliveSeconds: 600,
  connectTimeoutMs: 10_000,
  drainTimeoutMs: 20_000,
  maxUnsentBytes: 1024 * 1024,
  maxQueuedDownlinks: 100,
  downlinkExpiryMs: hourMs,
  sessionExpiryMs: 7 * 24 * hourMs,
  errorReports: { perSecond: 1, burst: 20 },
  // Many homes may share an address: some hundred devices with wrong secrets, each at its own limit, fit in.
  refusals: { perSecond: 0.1, burst: 30 },
  addressRefusals: { perSecond: 50, burst: 5_000 },
  refusalDelayMs: 1_000,
};
