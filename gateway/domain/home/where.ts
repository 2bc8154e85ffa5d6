import { Environment } from '@marcbachmann/cel-js';

import { AppError } from '../errors.ts';
import type { Event } from '../event.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';

const environment = new Environment()
  .registerVariable({
    name: 'event',
    schema: { id: 'string', type: 'string', at: 'double', data: 'map<string, dyn>' },
  })
  .registerVariable({
    name: 'device',
    schema: { id: 'string', profile: 'string', placement: 'string' },
  })
  .registerVariable({ name: 'home', schema: { id: 'string', timeZone: 'string' } });

/** Answers whether an event is one the rule speaks of; null when that could not be told. */
export type Where = (event: Event, device: HomeDevice | null, home: HomeContext) => boolean | null;

const nowhere = { id: '', profile: '', placement: '' };

/**
 * Reads and type-checks a CEL expression once. `parameters` are the numbers it may use as `parameter.<name>`.
 * @throws AppError `invalid`, with the place and the reason.
 */
export function compileWhere(
  expression: string,
  _parameters: Readonly<Record<string, number>> = {},
): Where {
  const program = parse(expression);
  return (event, device, home) => {
    try {
      return program({
        event: { id: event.id, type: event.type, at: event.at, data: event.data },
        device: device ?? nowhere,
        home: { id: home.id, timeZone: home.timeZone },
      }) as boolean;
    } catch {
      return null;
    }
  };
}

function parse(expression: string) {
  try {
    const program = environment.parse(expression);
    const checked = program.check();
    if (!checked.valid) throw checked.error ?? new Error('it does not type-check');
    if (checked.type !== 'bool')
      throw new Error(`it gives ${String(checked.type)}, not true or false`);
    return program;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AppError('invalid', `\`where: ${expression}\` cannot be used: ${reason}`, { cause });
  }
}
