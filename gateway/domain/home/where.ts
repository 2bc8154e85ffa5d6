import { Environment, type ParseResult } from '@marcbachmann/cel-js';

import { AppError } from '../errors.ts';
import type { Event } from '../event.ts';
import type { HomeContext, HomeDevice } from './home-context.ts';
import { fields, firstProblem, type WhereProblem } from './where-grammar.ts';
import { explain } from './where-problem.ts';

/** Answers whether an event is one the rule speaks of; null when that could not be told. Never throws. */
export type Where = (event: Event, device: HomeDevice | null, home: HomeContext) => boolean | null;

const longest = 500;

// The evaluator takes instances of these classes as they are; a plain object it would copy at every call.
class EventView {
  id = '';
  type = '';
  at = 0;
  data: Event['data'] = {};
}
class DeviceView {
  id = '';
  profile = '';
  placement = '';
}
class HomeView {
  id = '';
  timeZone = '';
}
class ResidentView {
  flags: HomeContext['flags'] = [];
}

/** Nothing here waits, so one of each serves every call. */
const event = new EventView();
const device = new DeviceView();
const home = new HomeView();
const resident = new ResidentView();

const environment = createEnvironment();

/**
 * Reads and type-checks a CEL expression once. `parameters` are the numbers it may use as `parameter.<name>`.
 * @throws AppError `invalid`, with the place and how to mend it.
 */
export function compileWhere(
  expression: string,
  parameters: Readonly<Record<string, number>> = {},
): Where {
  const program = read(expression, Object.keys(parameters));
  const parameter = new Map(Object.entries(parameters));
  const variables = { event, device, home, resident, parameter };
  return (happened, by, at) => {
    showEvent(happened);
    showDevice(by);
    home.id = at.id;
    home.timeZone = at.timeZone;
    resident.flags = at.flags;
    try {
      const answer: unknown = program(variables);
      return typeof answer === 'boolean' ? answer : null;
    } catch {
      return null;
    }
  };
}

function showEvent({ id, type, at, data }: Event): void {
  event.id = id;
  event.type = type;
  event.at = at;
  event.data = data;
}

function showDevice(by: HomeDevice | null): void {
  device.id = by?.id ?? '';
  device.profile = by?.profile ?? '';
  device.placement = by?.placement ?? '';
}

function read(expression: string, parameters: readonly string[]): ParseResult {
  if (expression.length > longest)
    throw refusal(expression, { offset: longest, message: `Write at most ${longest} characters.` });
  const program = attempt(expression, () => environment.parse(expression));
  const problem = firstProblem(program.ast, parameters);
  if (problem !== null) throw refusal(expression, problem);
  const { valid, type, error } = attempt(expression, () => program.check());
  if (!valid) throw refusal(expression, explain(error), error);
  if (type !== 'bool') {
    const message = 'It must be true or false: compare with something, such as `== true`.';
    throw refusal(expression, { offset: 0, message });
  }
  return program;
}

function attempt<T>(expression: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw refusal(expression, explain(cause), cause);
  }
}

function refusal(expression: string, { offset, message }: WhereProblem, cause?: unknown): AppError {
  const before = expression.slice(0, offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const line = before.length > 1 ? `line ${before.length}, ` : '';
  return new AppError('invalid', `\`where\`, ${line}column ${column}: ${message}`, { cause });
}

function createEnvironment(): Environment {
  const made = new Environment({
    limits: { maxAstNodes: 150, maxDepth: 32, maxListElements: 50, maxCallArguments: 3 },
  })
    .registerType('Event', { ctor: EventView, fields: fields.event })
    .registerType('Device', { ctor: DeviceView, fields: fields.device })
    .registerType('Home', { ctor: HomeView, fields: fields.home })
    .registerType('Resident', { ctor: ResidentView, fields: fields.resident })
    .registerVariable('event', 'Event')
    .registerVariable('device', 'Device')
    .registerVariable('home', 'Home')
    .registerVariable('resident', 'Resident')
    .registerVariable('parameter', 'map<string, double>');
  allowWholeNumbers(made);
  return made;
}

/** All numbers of events and parameters are doubles; people write 15, not 15.0, and CEL alone would refuse that. */
function allowWholeNumbers(made: Environment): void {
  type Numeric = number | bigint;
  const operators: Readonly<Record<string, (a: number, b: number) => number>> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  };
  for (const [operator, apply] of Object.entries(operators)) {
    const whole = (a: Numeric, b: Numeric) => apply(Number(a), Number(b));
    made.registerOperator(`double ${operator} int: double`, whole);
    made.registerOperator(`int ${operator} double: double`, whole);
  }
  made.registerOperator('double % double: double', (a: number, b: number) => a % b);
  made.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  const among = (a: Numeric, list: readonly Numeric[]) =>
    list.some((one) => Number(one) === Number(a));
  made.registerOperator('dyn<double> in list<int>', among);
  made.registerOperator('dyn<int> in list<double>', among);
}
