import type { HoldView, Matchers } from '../../gateway/protocol/duty/hold.ts';
import { type Named, nameIn } from '../plan/names.ts';
import type { Dictionary } from '../text/sv.ts';

/** What things are called that a silence may be about. */
export interface MatchNames {
  rules: readonly Named[];
  homes: readonly Named[];
  units: readonly Named[];
}

/** What is held back, in words. */
export function holdWords(hold: HoldView, names: MatchNames, words: Dictionary): string {
  if (hold.home !== null) return hold.home.label;
  return hold.matchers === null ? '' : matcherWords(hold.matchers, names, words);
}

function matcherWords(matchers: Matchers, names: MatchNames, words: Dictionary): string {
  const { silence } = words.plan;
  const { ruleIds, severities, homeIds, unitIds, deviceIds } = matchers;
  const say = (ids: readonly string[] | undefined, those: readonly Named[]) =>
    (ids ?? []).map((id) => nameIn(those, id)).join(', ');
  const parts = [
    severities && silence.matchSeverities(severities.map((one) => words.severity[one]).join(', ')),
    ruleIds && silence.matchRules(say(ruleIds, names.rules)),
    homeIds && silence.matchHomes(say(homeIds, names.homes)),
    unitIds && silence.matchUnits(say(unitIds, names.units)),
    deviceIds && silence.matchDevices(deviceIds.length),
  ].filter((part) => part !== undefined);
  const said = parts.join(' · ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}
