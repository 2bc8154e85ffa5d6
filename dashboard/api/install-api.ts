import { FoundList, type FoundView } from '../../gateway/protocol/device/hub.ts';
import { NewSecret } from '../../gateway/protocol/device/identity.ts';
import {
  type InstallationDevice,
  type InstallationInput,
  InstallationList,
  type InstallationPlacement,
  InstallationView,
  InstallationWithSecret,
} from '../../gateway/protocol/device/installation.ts';
import { request } from './request.ts';

function path(id: string, part = ''): string {
  return `/installations/${encodeURIComponent(id)}${part}`;
}

/** The open ones first, newest first; all that the reader may see unless of one home or device. */
export async function fetchInstallations(
  of: { homeId?: string; deviceId?: string; state?: 'open' | 'signed' },
  signal: AbortSignal,
): Promise<InstallationView[]> {
  const query = new URLSearchParams(of).toString();
  const { items } = await request(
    InstallationList,
    query === '' ? '/installations' : `/installations?${query}`,
    { signal },
  );
  return items;
}

export function fetchInstallation(id: string, signal: AbortSignal): Promise<InstallationView> {
  return request(InstallationView, path(id), { signal });
}

/** Begins one, or answers the reader's own open one there. */
export function beginInstallation(body: InstallationInput): Promise<InstallationView> {
  return request(InstallationView, '/installations', { method: 'POST', body });
}

/** Begins the trial of its device anew. */
export function goOnWithTrial(id: string): Promise<InstallationView> {
  return request(InstallationView, path(id, '/trial'), { method: 'PUT' });
}

/** Answers with the secret where the device got one, this once. */
export function chooseDevice(
  id: string,
  body: InstallationDevice,
): Promise<InstallationWithSecret> {
  return request(InstallationWithSecret, path(id, '/device'), { method: 'PUT', body });
}

export function placeDevice(id: string, body: InstallationPlacement): Promise<InstallationView> {
  return request(InstallationView, path(id, '/placement'), { method: 'PUT', body });
}

/** Takes a skip back: it is to be tested after all. */
export function unskipTest(id: string, type: string): Promise<InstallationView> {
  const part = `/tests/${encodeURIComponent(type)}/skip`;
  return request(InstallationView, path(id, part), { method: 'DELETE' });
}

export function skipTest(id: string, type: string, reason: string): Promise<InstallationView> {
  const part = `/tests/${encodeURIComponent(type)}/skip`;
  return request(InstallationView, path(id, part), { method: 'PUT', body: { reason } });
}

/** From now on the next thing that the device tells raises a test alarm. */
export function armAlarm(id: string): Promise<InstallationView> {
  return request(InstallationView, path(id, '/test-alarm'), { method: 'POST', body: {} });
}

export function signInstallation(id: string, note: string): Promise<InstallationView> {
  const body = note === '' ? {} : { note };
  return request(InstallationView, path(id, '/signature'), { method: 'PUT', body });
}

export function abandonInstallation(id: string): Promise<InstallationView> {
  return request(InstallationView, path(id), { method: 'DELETE' });
}

/** The others hold until the new one is used. */
export function renewSecret(deviceId: string): Promise<NewSecret> {
  const id = encodeURIComponent(deviceId);
  return request(NewSecret, `/devices/${id}/secret`, { method: 'POST', body: {} });
}

/** What the hubs of a home have found and nobody has placed. */
export async function fetchFound(homeId: string, signal: AbortSignal): Promise<FoundView[]> {
  const query = new URLSearchParams({ homeId }).toString();
  return (await request(FoundList, `/found?${query}`, { signal })).items;
}
