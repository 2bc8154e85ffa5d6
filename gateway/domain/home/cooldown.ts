import type { Call, Raise } from './call.ts';
import type { HomeState, Wait } from './home-state.ts';
import type { CompiledRule } from './rule-set.ts';

export interface Due {
  rule: CompiledRule;
  call: Raise;
  /** Event time at which the call falls. */
  at: number;
}

/**
 * Calls, unless the same need was called for too recently. A condition that is held back calls when that time is over,
 * if it still holds then; a single fact that is held back is forgotten.
 */
export function callOrHold(
  state: HomeState,
  { rule, call, at }: Due,
  calls: Call[],
): { state: HomeState; held: Pick<Wait, 'kind' | 'since' | 'deadline'> | null; isCalled: boolean } {
  const { cooldown } = rule;
  if (cooldown === undefined) {
    calls.push(call);
    return { state, held: null, isCalled: true };
  }
  const last = state.called?.[call.need];
  if (last === undefined || Math.abs(at - last) >= cooldown) {
    calls.push(call);
    const called = { ...state.called, [call.need]: Math.max(at, last ?? at) };
    return { state: { ...state, called }, held: null, isCalled: true };
  }
  const isCondition = rule.clearedBy !== undefined && at >= last;
  const held = { kind: 'cooldown' as const, since: call.since, deadline: last + cooldown };
  return { state, held: isCondition ? held : null, isCalled: false };
}
