import { type EndpointUse, usesOf } from '../domain/duty/endpoint-use.ts';
import type { Endpoint, Staffing } from '../domain/duty/staffing.ts';
import type { EndpointDesk } from '../domain/endpoint-desk.ts';
import { AppError } from '../domain/errors.ts';
import type { LastSent, Outbox, Sent } from '../domain/notification/notification.ts';
import { permissions, type Scope } from '../domain/scope.ts';
import type { Store } from '../domain/store.ts';
import type { EndpointInput, EndpointSecret, EndpointView } from '../protocol/duty/endpoint.ts';

export interface EndpointDeskOptions {
  staffing: Pick<Staffing, 'endpoints' | 'endpoint' | 'saveEndpoint'>;
  outbox: Pick<Outbox, 'latest'>;
  transaction: Store['transaction'];
  sendTest: (endpoint: Endpoint, id: string, signal: AbortSignal) => Promise<Sent>;
  clock: () => number;
  newId: () => string;
  random: (bytes: number) => Buffer;
  /** Told of each change; ids only. */
  changed: (change: EndpointChange) => void;
  testMs?: number;
}

export interface EndpointChange {
  municipalityId: string;
  endpointId: string;
  change: 'added' | 'changed' | 'secret-renewed' | 'removed';
  authorId: string;
}

const endpointsAtMost = 50;
const secretBytes = 32;

export function createEndpointDesk(options: EndpointDeskOptions): EndpointDesk {
  const { staffing, outbox, clock, newId, testMs = 10_000 } = options;

  async function find(scope: Scope, id: string): Promise<Endpoint> {
    requireRight(scope);
    const endpoint = await staffing.endpoint(id);
    if (endpoint === null || endpoint.municipalityId !== scope.municipalityId) {
      throw new AppError('not-found', 'There is no such endpoint.');
    }
    return endpoint;
  }

  async function save(
    { userId: authorId }: Scope,
    endpoint: Endpoint,
    change: EndpointChange['change'],
  ): Promise<EndpointView> {
    await staffing.saveEndpoint(endpoint, clock());
    const { municipalityId, id: endpointId } = endpoint;
    options.changed({ municipalityId, endpointId, change, authorId });
    return view(endpoint);
  }

  async function view(endpoint: Endpoint): Promise<EndpointView> {
    return present(endpoint, (await outbox.latest('webhook', [endpoint.id])).get(endpoint.id));
  }

  function newSecret(): string {
    return `whsec_${options.random(secretBytes).toString('base64')}`;
  }

  async function saveWithSecret(
    scope: Scope,
    endpoint: Endpoint,
    change: EndpointChange['change'],
  ): Promise<EndpointSecret> {
    return { endpoint: await save(scope, endpoint, change), secret: endpoint.secret };
  }

  return {
    list: async (scope) => {
      requireRight(scope);
      const endpoints = await staffing.endpoints(scope.municipalityId);
      const last = await outbox.latest(
        'webhook',
        endpoints.map(({ id }) => id),
      );
      return { items: endpoints.map((endpoint) => present(endpoint, last.get(endpoint.id))) };
    },
    add: async (scope, input) => {
      requireRight(scope);
      requireUsable(input);
      const { municipalityId } = scope;
      if ((await staffing.endpoints(municipalityId)).length >= endpointsAtMost) {
        throw new AppError('conflict', `There are ${endpointsAtMost} endpoints already.`);
      }
      const endpoint: Endpoint = {
        ...input,
        id: newId(),
        municipalityId,
        secret: newSecret(),
        disabledAt: null,
        disabledWhy: null,
      };
      return saveWithSecret(scope, endpoint, 'added');
    },
    change: async (scope, id, input) => {
      const before = await find(scope, id);
      requireUsable(input);
      return save(scope, { ...before, ...input, disabledAt: null, disabledWhy: null }, 'changed');
    },
    renewSecret: async (scope, id) => {
      const before = await find(scope, id);
      return saveWithSecret(scope, { ...before, secret: newSecret() }, 'secret-renewed');
    },
    remove: async (scope, id) => {
      const { municipalityId } = await find(scope, id);
      // In one transaction, so that nobody names it meanwhile.
      await options.transaction(async (ledger) => {
        requireUnused(usesOf(await ledger.arrangements(), { id, municipalityId }));
        await ledger.arrange.removeEndpoint(id);
      });
      const authorId = scope.userId;
      options.changed({ municipalityId, endpointId: id, change: 'removed', authorId });
    },
    test: async (scope, id) => {
      const endpoint = await find(scope, id);
      const sent = await options.sendTest(endpoint, newId(), AbortSignal.timeout(testMs));
      const isDelivered = sent.result === 'delivered';
      return { isDelivered, why: isDelivered ? null : sent.why };
    },
  };
}

function requireRight({ role }: Scope): void {
  if (permissions[role].endpoints !== 'change') {
    throw new AppError('forbidden', 'Coordinators and administrators look after endpoints.');
  }
}

function requireUnused({ units, policies }: EndpointUse): void {
  const names = [...units, ...policies].map((name) => `"${name}"`);
  if (names.length === 0) return;
  throw new AppError('conflict', `Alerts go there by ${names.join(', ')}: change that first.`);
}

/** What an address holds besides where it is would stand in every log on the way. */
function requireUsable({ url }: EndpointInput): void {
  const { username, password, hash } = new URL(url);
  if (username !== '' || password !== '' || hash !== '') {
    throw new AppError(
      'invalid',
      'Leave names, passwords and # out of the address; the receiver knows us by the signature.',
    );
  }
}

function present(
  { id, name, url, disabledAt, disabledWhy }: Endpoint,
  last: LastSent | undefined,
): EndpointView {
  return {
    id,
    name,
    url,
    disabled: disabledAt === null ? null : { at: disabledAt, why: disabledWhy ?? '' },
    lastDeliveredAt: last?.deliveredAt ?? null,
    lastFailure: last?.failure ?? null,
  };
}
