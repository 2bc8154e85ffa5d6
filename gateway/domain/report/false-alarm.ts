import type { FollowUpReport } from '../../protocol/report/follow-up.ts';
import type { Text } from '../../protocol/text.ts';
import { gather } from './gather.ts';
import type { AlertFact } from './report-source.ts';
import { homesOf } from './response.ts';

type FalseAlarms = FollowUpReport['byRule'][number];

/** By what alerts are told apart. */
export type Keyed = (alert: AlertFact) => { key: string; title: Text | null };

/** The most alerts first, and last what is gathered of too few homes. */
export function falseAlarmsBy(
  keyed: Keyed,
  alerts: readonly AlertFact[],
  elsewhere: readonly AlertFact[],
): FalseAlarms[] {
  const others = Map.groupBy(elsewhere, (alert) => keyed(alert).key);
  const groups = [...Map.groupBy(alerts, (alert) => keyed(alert).key)].map(([key, own]) => ({
    key,
    title: titleOf(keyed, own),
    own,
    homes: homesOf(own),
    elsewhere: homesOf(others.get(key) ?? []),
  }));
  const { shown, gathered, isTooSmall } = gather(groups);
  const rows = shown
    .toSorted((a, b) => b.own.length - a.own.length || (a.key < b.key ? -1 : 1))
    .map(({ key, title, own }) => ({ key, title, gathered: 0, ...countsOf(own) }));
  if (gathered.length === 0) return rows;
  const rest = gathered.flatMap(({ own }) => own);
  const counts = isTooSmall
    ? { alerts: rest.length, resolved: null, falseAlarms: null, share: null }
    : countsOf(rest);
  return [...rows, { key: null, title: null, gathered: gathered.length, ...counts }];
}

/** As the latest alert has it: titles are changed. */
function titleOf(keyed: Keyed, alerts: readonly AlertFact[]): Text | null {
  const latest = alerts.at(-1);
  return latest === undefined ? null : keyed(latest).title;
}

function countsOf(alerts: readonly AlertFact[]) {
  const { resolved, falseAlarms } = judged(alerts);
  return { alerts: alerts.length, resolved, falseAlarms, share: shareOf(falseAlarms, resolved) };
}

/** Of how many a person has said how they ended, and how many of them were false. */
export function judged(alerts: readonly AlertFact[]): { resolved: number; falseAlarms: number } {
  const ended = alerts.filter(({ endedAt }) => endedAt !== null);
  const isFalse = ({ outcome }: AlertFact) => outcome === 'false-alarm';
  return { resolved: ended.length, falseAlarms: ended.filter(isFalse).length };
}

/** Null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

const fewestJudged = 3;
const noisyAtMost = 20;

/** Devices whose alerts were false more often than not, where three or more have been judged; the worst first. */
export function noisyDevicesOf(
  alerts: readonly AlertFact[],
  names: { devices: ReadonlyMap<string, string>; homes: ReadonlyMap<string, string> },
): FollowUpReport['noisyDevices'] {
  return [...Map.groupBy(alerts, ({ deviceId }) => deviceId)]
    .flatMap(([id, own]) => {
      if (id === null) return [];
      const { resolved, falseAlarms } = judged(own);
      if (resolved < fewestJudged || falseAlarms * 2 <= resolved) return [];
      const homeLabel = names.homes.get(own.at(-1)?.homeId ?? '') ?? null;
      const name = names.devices.get(id) ?? id;
      return [{ id, name, homeLabel, alerts: own.length, falseAlarms }];
    })
    .toSorted((a, b) => b.falseAlarms - a.falseAlarms || (a.id < b.id ? -1 : 1))
    .slice(0, noisyAtMost);
}
