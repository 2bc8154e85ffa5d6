import type { Event } from '../event.ts';
import { type Call, lateAfterMs, type Raise } from './call.ts';
import type { CompiledRule } from './rule-set.ts';

/** Which device a rule speaks of, or empty when it speaks of the whole home. */
export function scopeOf(rule: CompiledRule, deviceId: string): string {
  return rule.per === 'device' ? deviceId : '';
}

export function needOf(rule: CompiledRule, scope: string): string {
  return scope === '' ? rule.id : `${rule.id}/${scope}`;
}

export function raise(
  rule: CompiledRule,
  scope: string,
  cause: Pick<Raise, 'deviceId' | 'eventId' | 'since'> & { lateByMs: number },
): Raise {
  return {
    type: 'raise',
    need: needOf(rule, scope),
    rule: {
      id: rule.id,
      version: rule.version,
      title: rule.title,
      action: rule.action ?? null,
    },
    severity: rule.severity,
    about: rule.about,
    deviceId: cause.deviceId,
    eventId: cause.eventId,
    since: cause.since,
    lateMs: cause.lateByMs > lateAfterMs ? cause.lateByMs : null,
    urgent: false,
    worsening: false,
    leavesWhenCleared: rule.leavesWhenCleared,
    inhibits: rule.inhibits ?? [],
  };
}

export function clear(rule: CompiledRule, scope: string, since: number): Call {
  return { type: 'clear', need: needOf(rule, scope), since };
}

export function raiseAtOnce(rule: CompiledRule, scope: string, event: Event): Raise {
  return {
    ...raise(rule, scope, {
      deviceId: event.deviceId,
      eventId: event.id,
      since: event.at,
      lateByMs: event.receivedAt - event.at,
    }),
    urgent: event.type === 'help.pressed',
  };
}
