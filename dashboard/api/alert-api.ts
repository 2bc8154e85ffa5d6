import { AlertDetail, AlertView } from '../../gateway/protocol/alert.ts';
import { AlertPage, type Resolution } from '../../gateway/protocol/api.ts';
import { request, requestAll } from './request.ts';

function path(id: string, rest = ''): string {
  return `/alerts/${encodeURIComponent(id)}${rest}`;
}

/** All live alerts, and the oldest stream position any page of them is valid for. */
export async function fetchLiveAlerts(signal: AbortSignal): Promise<AlertPage> {
  const pages = await requestAll(AlertPage, '/alerts?state=live&limit=200', { signal });
  return { items: pages.flatMap((page) => page.items), next: null, seq: pages[0].seq };
}

export function fetchAlert(id: string, signal: AbortSignal): Promise<AlertDetail> {
  return request(AlertDetail, path(id), { signal });
}

export function acceptAlert(id: string, etaMinutes?: number): Promise<AlertView> {
  const body = etaMinutes === undefined ? {} : { etaMinutes };
  return request(AlertView, path(id, '/acceptance'), { method: 'PUT', body });
}

export function declineAlert(id: string): Promise<AlertView> {
  return request(AlertView, path(id, '/decline'), { method: 'PUT', body: {} });
}

export function takeOverAlert(id: string): Promise<AlertView> {
  return request(AlertView, path(id, '/take-over'), { method: 'PUT', body: {} });
}

export function askForHelp(id: string): Promise<AlertView> {
  return request(AlertView, path(id, '/help-request'), { method: 'PUT', body: {} });
}

export function giveBackAlert(id: string): Promise<AlertView> {
  return request(AlertView, path(id, '/acceptance'), { method: 'DELETE' });
}

export function arriveAtAlert(id: string): Promise<AlertView> {
  return request(AlertView, path(id, '/arrival'), { method: 'PUT', body: {} });
}

export function resolveAlert(id: string, body: Resolution): Promise<AlertView> {
  return request(AlertView, path(id, '/resolution'), { method: 'PUT', body });
}

export function commentOnAlert(id: string, text: string): Promise<AlertView> {
  return request(AlertView, path(id, '/comments'), { method: 'POST', body: { text } });
}
