import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  Pair,
  parseDocument,
  Scalar,
  visit,
  YAMLMap,
  type YAMLSeq,
} from 'yaml';

/** A place in a rule, such as `['during', 'from']`. */
export type FieldPath = readonly [string, ...string[]];

/** The parts of a rule, in the order in which the library writes them. */
export const ruleParts = [
  'id',
  'title',
  'action',
  'severity',
  'on',
  'where',
  'during',
  'for',
  'unless',
  'clearedBy',
  'leavesWhenCleared',
  'per',
  'count',
  'absence',
  'then',
  'inhibits',
  'cooldown',
  'appliesTo',
  'parameters',
  'bounds',
];

interface Written {
  document: Document;
  rule: YAMLMap;
}

function open(source: string): Written | null {
  const document: Document = parseDocument(source);
  if (document.errors.length > 0) return null;
  const { contents } = document;
  const only = isSeq(contents) && contents.items.length === 1 ? contents.items[0] : contents;
  return isMap(only) ? { document, rule: only } : null;
}

/** What a text of one rule holds, whether or not it is a rule that can be used; null if it holds no single map. */
export function fieldsOf(source: string): Readonly<Record<string, unknown>> | null {
  const written = open(source);
  if (written === null) return null;
  try {
    return written.rule.toJS(written.document, { maxAliasCount: 16 }) as Record<string, unknown>;
  } catch {
    return null;
  }
}

/** The text with another value there, or without one if `undefined`; comments, order and all else are kept. */
export function withField(source: string, path: FieldPath, value: unknown): string {
  const written = open(source);
  if (written === null) return source;
  const { document, rule } = written;
  loosen(document);
  if (value === undefined) remove(rule, path);
  else put(document, rule, path, value);
  return document.toString({ lineWidth: 100 });
}

/** What stands for something written elsewhere is written out, so that a change stays where it is made. */
function loosen(document: Document): void {
  visit(document, {
    Alias: (_, alias) => document.createNode(alias.resolve(document)?.toJS(document)),
  });
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) delete node.anchor;
    },
  });
}

function put(document: Document, rule: YAMLMap, path: FieldPath, value: unknown): void {
  let parent = rule;
  for (const name of path.slice(0, -1)) {
    const inner: unknown = parent.get(name, true);
    const next = isMap(inner) ? inner : emptyMap();
    if (!isMap(inner)) add(parent, name, next);
    parent = next;
  }
  const key = path.at(-1) ?? path[0];
  const before = parent.get(key, true);
  if (isScalar(before) && isPlain(value)) {
    before.value = value;
    return;
  }
  if (isSeq(before) && Array.isArray(value)) {
    keepItems(document, before, value);
    return;
  }
  const node = nodeOf(document, value);
  if (isNode(before)) copyComments(before, node);
  add(parent, key, node);
}

/** What stays in a list keeps its comment, and the list its shape. */
function keepItems(document: Document, list: YAMLSeq, values: readonly unknown[]): void {
  const before = list.items;
  list.items = values.map(
    (value) =>
      before.find((item) => isScalar(item) && item.value === value) ?? nodeOf(document, value),
  );
}

function emptyMap(): YAMLMap {
  const map = new YAMLMap();
  map.flow = true;
  return map;
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function copyComments(from: Node, to: Node): void {
  to.comment = from.comment ?? null;
  to.commentBefore = from.commentBefore ?? null;
}

/** In its place, or where the library would write it: after what comes before it. */
function add(map: YAMLMap, key: string, node: Node): void {
  if (map.has(key)) {
    map.set(key, node);
    return;
  }
  const rank = rankOf(key);
  const isInner = !map.has('id') || rank === ruleParts.length;
  const index = isInner
    ? map.items.length
    : map.items.findLastIndex((item) => rankOf(keyOf(item.key)) < rank) + 1;
  map.items.splice(index, 0, new Pair(new Scalar(key), node));
}

function rankOf(key: string): number {
  const index = ruleParts.indexOf(key);
  return index === -1 ? ruleParts.length : index;
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function nodeOf(document: Document, value: unknown): Node {
  const node = document.createNode(value, { flow: true });
  visit(node, { Scalar: (_, scalar) => quoteTime(scalar) });
  return node;
}

/** Older readers of YAML take 22:00 for a number. */
function quoteTime(scalar: Scalar): void {
  if (typeof scalar.value === 'string' && /^\d\d:\d\d$/.test(scalar.value))
    scalar.type = 'QUOTE_SINGLE';
}

function remove(rule: YAMLMap, path: FieldPath): void {
  const parent = path.length === 1 ? rule : rule.getIn(path.slice(0, -1), true);
  if (!isCollection(parent)) return;
  parent.delete(path.at(-1));
  const [first, ...rest] = path.slice(0, -1);
  if (first !== undefined && parent.items.length === 0) remove(rule, [first, ...rest]);
}
