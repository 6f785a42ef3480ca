/** Reads the sources as the compiler does: every import, every name, every call, with comments and words left out. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Import {
  /** As written. */
  readonly from: string;
  /** A path from the project's root such as `src/domain/gate.ts`, or `npm:` and the package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly Import[];
  /** Names that are not declared in the file, and members of what is not: "fetch", "Date.now", "new Date()". */
  readonly globals: ReadonlySet<string>;
  /** Every name, member, attribute and whole string in the code. */
  readonly names: ReadonlySet<string>;
  /** Whole strings, and the beginnings of those that are put together, ending in `…`. */
  readonly strings: ReadonlySet<string>;
  /** First arguments of calls and values of properties, as `callee(value)` and `property:value`. */
  readonly said: readonly { readonly by: string; readonly value: string }[];
  /** The keys of each exported object literal. */
  readonly objects: ReadonlyMap<string, readonly string[]>;
  readonly asynchronous: boolean;
}

export const filesUnder = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(ROOT.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();

export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const isCode = (path: string): boolean => /\.tsx?$/u.test(path);

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
const at = (node: Node | undefined, member: string): Node | undefined => {
  const value = node?.[member];
  return isNode(value) ? value : undefined;
};
const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : []);
const stringOf = (node: Node | undefined): string | null =>
  node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null;
const nameOf = (node: Node | undefined): string | null => {
  if (node === undefined) return null;
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(node.name);
  return stringOf(node);
};

export const readSource = (path: string): Source => readText(path, textOf(path));

export function readText(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be read: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const names = new Set<string>();
  const strings = new Set<string>();
  const said: { by: string; value: string }[] = [];
  const objects = new Map<string, readonly string[]>();
  const declared = new Set<string>();
  const used: { name: string; typed: boolean }[] = [];
  let asynchronous = false;

  const declare = (pattern: Node | undefined): void => {
    if (pattern === undefined) return;
    if (pattern.type === 'Identifier') declared.add(String(pattern.name));
    else if (pattern.type === 'ObjectPattern') {
      for (const each of nodes(pattern.properties)) declare(at(each, 'value') ?? at(each, 'argument'));
    } else if (pattern.type === 'ArrayPattern') for (const each of nodes(pattern.elements)) declare(each);
    else declare(at(pattern, 'left') ?? at(pattern, 'argument') ?? at(pattern, 'parameter'));
  };

  const importFrom = (node: Node | undefined, typeOnly: boolean) => {
    const from = stringOf(node) ?? '';
    imports.push({ from, to: target(path, from), typeOnly });
  };

  const visit = (node: Node, parent: Node | null, member: string, typed: boolean): void => {
    const inType = typed || (node.type.startsWith('TS') && !VALUES_OF_TS.has(node.type));
    switch (node.type) {
      case 'ImportDeclaration': {
        const each = nodes(node.specifiers);
        for (const specifier of each) declare(at(specifier, 'local'));
        const types = each.length > 0 && each.every((specifier) => specifier.importKind === 'type');
        importFrom(at(node, 'source'), node.importKind === 'type' || types);
        return;
      }
      case 'ExportAllDeclaration':
        importFrom(at(node, 'source'), node.exportKind === 'type');
        return;
      case 'ExportNamedDeclaration':
        if (at(node, 'source') !== undefined) {
          importFrom(at(node, 'source'), node.exportKind === 'type');
          return;
        }
        break;
      case 'ImportExpression':
        importFrom(at(node, 'source'), false);
        break;
      case 'TSImportType':
        importFrom(at(node, 'source') ?? at(at(node, 'argument'), 'literal') ?? at(node, 'argument'), true);
        break;
      case 'VariableDeclarator': {
        declare(at(node, 'id'));
        const init = unwrapped(at(node, 'init'));
        const name = nameOf(at(node, 'id'));
        if (init?.type === 'ObjectExpression' && name !== null) {
          objects.set(
            name,
            nodes(init.properties).flatMap((each) => nameOf(at(each, 'key')) ?? []),
          );
        }
        break;
      }
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        declare(at(node, 'id'));
        for (const parameter of nodes(node.params)) declare(parameter);
        if (node.async === true) asynchronous = true;
        break;
      case 'CatchClause':
        declare(at(node, 'param'));
        break;
      case 'ClassDeclaration':
        declare(at(node, 'id'));
        break;
      case 'AwaitExpression':
        asynchronous = true;
        break;
      case 'CallExpression': {
        const callee = at(node, 'callee');
        const by = nameOf(callee?.type === 'MemberExpression' ? at(callee, 'property') : callee);
        if (by !== null) for (const value of valuesOf(nodes(node.arguments)[0])) said.push({ by: `${by}()`, value });
        break;
      }
      case 'Property': {
        const by = nameOf(at(node, 'key'));
        if (by !== null) for (const value of valuesOf(at(node, 'value'))) said.push({ by: `${by}:`, value });
        break;
      }
      case 'NewExpression': {
        const name = nameOf(at(node, 'callee'));
        const bare = Array.isArray(node.arguments) && node.arguments.length === 0;
        if (name !== null) used.push({ name: `new ${name}(${bare ? '' : '…'})`, typed: inType });
        break;
      }
      case 'MemberExpression': {
        const object = at(node, 'object');
        const property = nameOf(at(node, 'property'));
        if (object?.type === 'Identifier' && property !== null) {
          const of = String(object.name);
          used.push({
            name: ['globalThis', 'window', 'self'].includes(of) ? property : `${of}.${property}`,
            typed: inType,
          });
        }
        break;
      }
      case 'Literal':
        if (typeof node.value === 'string') {
          strings.add(node.value);
          names.add(node.value);
        }
        break;
      case 'TemplateLiteral': {
        const [first] = nodes(node.quasis);
        const begins = String((first?.value as { cooked?: string } | undefined)?.cooked ?? '');
        strings.add(nodes(node.expressions).length === 0 ? begins : `${begins}…`);
        break;
      }
      case 'JSXIdentifier':
        names.add(String(node.name));
        break;
      case 'Identifier': {
        names.add(String(node.name));
        const asMember = parent?.type === 'MemberExpression' && member === 'property' && parent.computed !== true;
        const asKey = member === 'key' && parent?.computed !== true && parent?.shorthand !== true;
        if (!asMember && !asKey) used.push({ name: String(node.name), typed: inType });
        break;
      }
    }
    for (const [key, value] of Object.entries(node)) {
      for (const child of Array.isArray(value) ? nodes(value) : isNode(value) ? [value] : []) {
        visit(child, node, key, inType);
      }
    }
  };
  visit(program as unknown as Node, null, '', false);
  const free = used.filter(
    ({ name, typed }) => !typed && !declared.has(name.replace(/^new /u, '').split(/[.(]/u)[0] ?? ''),
  );
  const globals = new Set(free.map(({ name }) => name));
  return { path, text, imports, globals, names, strings, said, objects, asynchronous };
}

/** Parts of TypeScript's syntax that hold values. */
const VALUES_OF_TS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'TSParameterProperty',
]);

function unwrapped(node: Node | undefined): Node | undefined {
  return node !== undefined && VALUES_OF_TS.has(node.type) ? unwrapped(at(node, 'expression')) : node;
}

/** The strings a value can be: both ends of a choice, the beginning of what is put together. */
function valuesOf(node: Node | undefined): readonly string[] {
  const value = unwrapped(node);
  if (value?.type === 'ConditionalExpression') {
    return [...valuesOf(at(value, 'consequent')), ...valuesOf(at(value, 'alternate'))];
  }
  if (value?.type === 'TemplateLiteral' && nodes(value.expressions).length > 0) {
    const [first] = nodes(value.quasis);
    return [`${String((first?.value as { cooked?: string } | undefined)?.cooked ?? '')}…`];
  }
  return stringOf(value) === null ? [] : [stringOf(value) ?? ''];
}

function target(path: string, from: string): string {
  if (from.startsWith('.')) return posix.join(posix.dirname(path), from);
  if (from.startsWith('/')) return from.slice(1);
  const [scope, name] = from.split('/');
  return `npm:${scope?.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** Every file that a file pulls in, through values only, with the way to it. */
export function reachedFrom(
  path: string,
  sources: ReadonlyMap<string, Source>,
): ReadonlyMap<string, readonly string[]> {
  const ways = new Map<string, readonly string[]>([[path, [path]]]);
  const open = [path];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { to, typeOnly } of sources.get(next)?.imports ?? []) {
      if (typeOnly || ways.has(to)) continue;
      ways.set(to, [...(ways.get(next) ?? []), to]);
      open.push(to);
    }
  }
  return ways;
}
