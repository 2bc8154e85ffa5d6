import type { ParameterKey } from '../../gateway/protocol/rule/parameter.ts';
import type { FieldPath } from './rule-yaml.ts';

/** Where in the text a value stands. */
export function pathOf(key: ParameterKey): FieldPath {
  const [first = key, ...rest] = key.split('.');
  return first === 'parameters' ? [first, ...rest, 'value'] : [first, ...rest];
}
