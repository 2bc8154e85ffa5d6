import { Aedes, type AedesOptions, type Client } from 'aedes';

import { Gate } from './gate.ts';

/** What aedes does that its types do not say; its version is pinned, and a test guards each. */
interface Internals {
  publish: (packet: unknown, client: unknown, done?: unknown) => void;
  maxTopicLevels: number;
}

/** Aedes, with only our downlinks routed. */
export interface AedesBroker {
  aedes: Aedes;
  /** Sends one of our own messages to the device it is for. */
  route: Aedes['publish'];
}

/** Makes an aedes that routes nothing but what we send: not what devices publish, not its own `$SYS` messages. */
export function createAedesBroker(options: AedesOptions): AedesBroker {
  const aedes = new Aedes(options);
  const internals = aedes as unknown as Internals;
  const route = aedes.publish.bind(aedes);
  internals.publish = (_, client, done) => {
    const callback = typeof client === 'function' ? client : done;
    if (typeof callback === 'function') callback(null);
  };
  // Aedes closes the connection over a deep topic, to spare its router (GHSA-xxqp-5qx8-gj5q). Ours never gets
  // what devices send, so that they can be told instead.
  internals.maxTopicLevels = Number.POSITIVE_INFINITY;
  return { aedes, route };
}

/** The gate in front of this client; every client of ours has one. */
export function gateOf(client: Client): Gate {
  if (client.conn instanceof Gate) return client.conn;
  throw new Error('A client came in past the gate.');
}
