import { UnitInput, type UnitView } from '../../gateway/protocol/duty/unit.ts';

export const emptyUnit: UnitInput = {
  name: '',
  kind: 'team',
  duty: 'check-in',
  endpointId: null,
  serves: [],
};

/** What of a unit can be changed. */
export function unitInput({ name, kind, duty, endpointId, serves }: UnitView): UnitInput {
  return { name, kind, duty, endpointId, serves: [...serves] };
}

/** Which fields will not do. */
export function wrongIn(draft: UnitInput): Set<string> {
  const read = UnitInput.safeParse(draft);
  if (read.success) return new Set();
  return new Set(
    // What is wrong with the whole is that an alarm centre cannot be reached.
    read.error.issues.map(({ path }) => (path[0] === undefined ? 'endpointId' : String(path[0]))),
  );
}
