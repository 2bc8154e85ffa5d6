import {
  DevicePage,
  HomeDetail,
  HomePage,
  type DeviceView,
  type HomeView,
} from '../../gateway/protocol/api.ts';
import { request, requestAll } from './request.ts';

export async function fetchHomes(signal: AbortSignal): Promise<HomeView[]> {
  const pages = await requestAll(HomePage, '/homes', { signal });
  return pages.flatMap((page) => page.items);
}

export function fetchHome(id: string, signal: AbortSignal): Promise<HomeDetail> {
  return request(HomeDetail, `/homes/${encodeURIComponent(id)}`, { signal });
}

export async function fetchDevices(signal: AbortSignal): Promise<DeviceView[]> {
  const pages = await requestAll(DevicePage, '/devices', { signal });
  return pages.flatMap((page) => page.items);
}
