import type { AedesOptions, AedesPublishPacket, Client } from 'aedes';

import { maySubscribe } from '../gateway/protocol/topic.ts';
import type { Acknowledge } from './acknowledgement-queue.ts';
import { gateOf } from './aedes-broker.ts';
import { type Claim, refusalError } from './authentication.ts';
import { isExposed } from './caller.ts';
import type { Connections } from './connections.ts';
import type { Gate } from './gate.ts';
import type { Limits } from './limits.ts';
import type { BrokerNotice, LoginRefusal } from './notice.ts';

export interface HookOptions {
  authenticate: (claim: Claim) => Promise<LoginRefusal | null>;
  takeUplink: (
    gate: Gate,
    client: Client,
    packet: Parameters<NonNullable<AedesOptions['authorizePublish']>>[1],
    acknowledge: Acknowledge,
  ) => void;
  connections: Connections;
  limits: Limits;
  /** Whether passwords may come over connections that others can read. */
  allowPlain: boolean;
  notice: (notice: BrokerNotice) => void;
}

type Hooks = Required<
  Pick<
    AedesOptions,
    'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
  >
>;

/** The rules of the front door, where aedes asks for them. */
export function createHooks(options: HookOptions): Hooks {
  const { authenticate, takeUplink, connections, limits, allowPlain, notice } = options;

  async function logIn(
    client: Client,
    claim: Pick<Claim, 'clientId' | 'username' | 'password'>,
  ): Promise<LoginRefusal | null> {
    const gate = gateOf(client);
    const { caller, address } = gate;
    const isReadable = !allowPlain && isExposed(caller);
    const certificate = caller.certificate();
    let refusal: LoginRefusal | null;
    let cutsBefore: number;
    do {
      cutsBefore = connections.cuts;
      refusal = await authenticate({ ...claim, address, isExposed: isReadable, certificate });
    } while (refusal === null && connections.cuts !== cutsBefore);
    if (refusal !== null) {
      gate.explained = true;
      notice({ kind: 'login-refused', reason: refusal, deviceId: claim.clientId, address });
    } else if (!gate.destroyed) {
      connections.authenticated(gate, claim.clientId);
    }
    return refusal;
  }

  return {
    preConnect: (client, packet, done) => {
      const asked = packet.keepalive ?? 0;
      const max = limits.maxKeepAliveSeconds;
      const seconds = asked === 0 || asked > max ? max : asked;
      if (seconds !== asked) {
        const deviceId = packet.clientId;
        notice({ kind: 'keep-alive-capped', deviceId, askedSeconds: asked, seconds });
      }
      // The gate keeps this time instead of aedes, which cannot see what waits in a throttled socket.
      packet.keepalive = 0;
      gateOf(client).watchSilence(seconds);
      done(null, true);
    },
    authenticate: (client, username, password, answer) => {
      logIn(client, { clientId: client.id, username, password }).then(
        (refusal) => (refusal === null ? answer(null, true) : answer(refusalError(refusal), false)),
        () => answer(refusalError('verify-failed'), false),
      );
    },
    // Aedes acknowledges a QoS 1 message as soon as this calls back; its `published` hook runs later. Storing
    // here is what makes "acknowledged" mean "stored".
    authorizePublish: (client, packet, done) => {
      if (client === null) done(new Error('Only a connected device may publish.'));
      else takeUplink(gateOf(client), client, packet, done);
    },
    // A filter that is not allowed is refused in SUBACK [MQTT-3.9.3-2]; the connection stays.
    authorizeSubscribe: (client, subscription, done) => {
      const allowed = maySubscribe(client.id, subscription.topic);
      if (!allowed) notice({ kind: 'subscription-refused', deviceId: client.id });
      done(null, allowed ? subscription : null);
    },
    authorizeForward: (client, packet: AedesPublishPacket) => {
      const gate = gateOf(client);
      const unsentBytes = gate.writableLength;
      if (unsentBytes <= limits.maxUnsentBytes) return packet;
      notice({ kind: 'too-slow', deviceId: client.id, unsentBytes });
      gate.explained = true;
      gate.abort();
      return null;
    },
  };
}
