import type { SignOfLife } from '../domain/watch/sign-of-life.ts';
import { troubleOf } from './trouble.ts';

/** A GET to a dead-man's switch, such as healthchecks.io or Uptime Kuma; any 2xx answer will do. */
export function createDeadManWebhook(url: string): SignOfLife {
  return {
    give: async (signal) => {
      try {
        const response = await fetch(url, { headers: { 'user-agent': 'Vaka' }, signal });
        response.body?.cancel().catch(() => {});
        return response.ok ? null : `HTTP ${response.status}`;
      } catch (error) {
        return troubleOf(error, signal);
      }
    },
  };
}
