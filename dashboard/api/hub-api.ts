import {
  BridgeConfiguration,
  type BridgeInput,
  HubDetail,
  HubList,
  type HubView,
} from '../../gateway/protocol/device/hub.ts';
import { request } from './request.ts';

function path(id: string, rest = ''): string {
  return `/hubs/${encodeURIComponent(id)}${rest}`;
}

export async function fetchHubs(signal: AbortSignal): Promise<HubView[]> {
  return (await request(HubList, '/hubs', { signal })).items;
}

export function fetchHub(id: string, signal: AbortSignal): Promise<HubDetail> {
  return request(HubDetail, path(id), { signal });
}

/** Makes the hub a new secret, and answers with it this once. */
export function makeBridge(id: string, body: BridgeInput): Promise<BridgeConfiguration> {
  return request(BridgeConfiguration, path(id, '/bridge-configuration'), { method: 'POST', body });
}
