import type { ASTNode } from '@marcbachmann/cel-js';

/** What an expression may ask of each variable; `parameter` has what the rule declares. */
export const fields = {
  event: { id: 'string', type: 'string', at: 'double', data: 'map<string, dyn>' },
  device: { id: 'string', profile: 'string', placement: 'string' },
  home: { id: 'string', timeZone: 'string' },
  resident: { flags: 'list<string>' },
} as const;

/** All of them take time in proportion to what they are given; `matches` may take for ever. */
const calls = ['has', 'size', 'int', 'double', 'string'];
const loops = ['exists', 'all', 'exists_one', 'filter'];
const methods = ['size', 'contains', 'startsWith', 'endsWith', ...loops];

/** Why an expression cannot be used, and how to mend it; `offset` is where, in characters from 0. */
export interface WhereProblem {
  offset: number;
  message: string;
}

/** What may be named at a place within an expression. */
interface Names {
  readonly fields: ReadonlyMap<string, readonly string[]>;
  /** The variable of the loop around it. */
  readonly loop: string | null;
}

/** The parts that a part of an expression is made of. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  if (node.op === 'value' || node.op === 'id') return [];
  if (node.op === '.' || node.op === '.?') return [node.args[0]];
  if (node.op === 'call') return node.args[1];
  if (node.op === 'rcall') return [node.args[1], ...node.args[2]];
  if (node.op === 'map') return node.args.flat();
  if (node.op === '!_' || node.op === '-_') return [node.args];
  return node.args;
}

/** What an expression that can be read may still not say: it must end soon, whatever a device sends. */
export function firstProblem(root: ASTNode, parameters: readonly string[]): WhereProblem | null {
  const known = Object.entries(fields).map(([name, of]) => [name, Object.keys(of)] as const);
  return problemIn(root, { fields: new Map([...known, ['parameter', parameters]]), loop: null });
}

function problemIn(node: ASTNode, names: Names): WhereProblem | null {
  if (node.op === 'id') return problemOfName(node, node.args, names);
  if (node.op === '.' && node.args[0].op === 'id')
    return problemOfField(node, node.args[0].args, names);
  const foreign = problemOfKind(node);
  if (foreign !== null) return foreign;
  if (node.op === 'rcall' && loops.includes(node.args[0])) return problemOfLoop(node, names);
  return firstOf(childrenOf(node), names);
}

/** What is not to be had in an expression, whatever it is about. */
export function problemOfKind(node: ASTNode): WhereProblem | null {
  if (node.op === 'value' && node.args !== null && typeof node.args === 'object')
    return problemAt(node, 'Write text as it is, and numbers without `u`.');
  if (node.op === 'map')
    return problemAt(node, 'A map cannot be written here: compare its fields one by one.');
  if (node.op === 'call' && !calls.includes(node.args[0]))
    return unknownCall(node, node.args[0], calls);
  if (node.op === 'rcall' && !methods.includes(node.args[0]))
    return unknownCall(node, node.args[0], methods);
  return null;
}

function firstOf(nodes: readonly ASTNode[], names: Names): WhereProblem | null {
  for (const node of nodes) {
    const found = problemIn(node, names);
    if (found !== null) return found;
  }
  return null;
}

function problemOfName(node: ASTNode, name: string, names: Names): WhereProblem | null {
  if (name === names.loop) return null;
  const known = names.fields.get(name);
  if (known === undefined) return unknownName(node, name, names);
  return problemAt(node, `\`${name}\` alone says nothing: write ${some(name, known)}.`);
}

function problemOfField(
  node: ASTNode & { op: '.' },
  name: string,
  names: Names,
): WhereProblem | null {
  const [of, field] = node.args;
  if (name === names.loop) return null;
  const known = names.fields.get(name);
  if (known === undefined) return unknownName(of, name, names);
  if (!known.includes(field))
    return problemAt(of, `There is no \`${name}.${field}\`: write ${some(name, known)}.`);
  // Each round would go through the data once more.
  if (names.loop !== null && name === 'event' && field === 'data')
    return problemAt(of, 'Within a loop `event.data` cannot be used: compare with a parameter.');
  return null;
}

function problemOfLoop(node: ASTNode & { op: 'rcall' }, names: Names): WhereProblem | null {
  const [name, over, [variable, ...body]] = node.args;
  if (names.loop !== null)
    return problemAt(node, `\`${name}\` cannot stand within another loop: take them one by one.`);
  if (variable?.op !== 'id' || names.fields.has(variable.args))
    return problemAt(node, `Give \`${name}\` a name of its own first: \`${name}(x, …)\`.`);
  return firstOf([over], names) ?? firstOf(body, { ...names, loop: variable.args });
}

function unknownName(node: ASTNode, name: string, names: Names): WhereProblem {
  const known = [...names.fields.keys()].join(', ');
  return problemAt(node, `There is no \`${name}\`: there are ${known}. Text stands in quotes.`);
}

function unknownCall(node: ASTNode, name: string, known: readonly string[]): WhereProblem {
  return problemAt(node, `\`${name}\` cannot be used here: there are ${known.join(', ')}.`);
}

function some(name: string, known: readonly string[]): string {
  if (known.length === 0) return 'it under `parameters` first';
  return known.map((field) => `\`${name}.${field}\``).join(' or ');
}

function problemAt({ start }: ASTNode, message: string): WhereProblem {
  return { offset: start, message };
}
