import type { AnyNode, Pattern } from 'acorn'

/** @param ancestors from the program down to the node's parent */
export type Visit = (node: AnyNode, ancestors: readonly AnyNode[]) => void

export function walk(node: AnyNode, visit: Visit, ancestors: AnyNode[] = []): void {
  visit(node, ancestors)
  ancestors.push(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child === 'object' && child !== null && typeof (child as { type?: unknown }).type === 'string') walk(child as AnyNode, visit, ancestors)
    }
  }
  ancestors.pop()
}

/** What a name stands for where it is used. */
export type Meaning = 'global' | { readonly madeBy: string } | 'something else'

/** Answers what a name means under these ancestors: nobody's, one `new X()` and nothing else, or something else. */
export type Lookup = (name: string, ancestors: readonly AnyNode[]) => Meaning

const functions: ReadonlySet<string> = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
const functionScopes: ReadonlySet<string> = new Set(['Program', 'StaticBlock', ...functions])
const scopes: ReadonlySet<string> = new Set([
  'BlockStatement', 'ForStatement', 'ForInStatement', 'ForOfStatement', 'CatchClause', 'SwitchStatement', ...functionScopes,
])

/** The scopes of a program (ECMAScript §14.2 and §14.3); a class's own name is counted to the scope it stands in. */
export function readScopes(program: AnyNode): Lookup {
  const names = new Map<AnyNode, Map<string, Meaning>>()

  const bind = (scope: AnyNode, pattern: Pattern | null | undefined, meaning: Meaning = 'something else'): void => {
    switch (pattern?.type) {
      case 'Identifier': {
        const known = names.get(scope) ?? new Map<string, Meaning>()
        names.set(scope, known.set(pattern.name, known.has(pattern.name) ? 'something else' : meaning))
        return
      }
      case 'ObjectPattern':
        for (const property of pattern.properties) bind(scope, property.type === 'Property' ? property.value : property.argument)
        return
      case 'ArrayPattern':
        for (const element of pattern.elements) bind(scope, element)
        return
      case 'AssignmentPattern':
        return bind(scope, pattern.left)
      case 'RestElement':
        return bind(scope, pattern.argument)
    }
  }

  walk(program, (node, ancestors) => {
    const within = (kinds: ReadonlySet<string>) => ancestors.findLast(({ type }) => kinds.has(type)) ?? program
    switch (node.type) {
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) {
          bind(within(node.kind === 'var' ? functionScopes : scopes), id, init?.type === 'NewExpression' && init.callee.type === 'Identifier' ? { madeBy: init.callee.name } : undefined)
        }
        return
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (node.type !== 'ArrowFunctionExpression') bind(node.type === 'FunctionDeclaration' ? within(scopes) : node, node.id)
        for (const each of node.params) bind(node, each)
        return
      case 'ClassDeclaration':
      case 'ClassExpression':
        return bind(within(scopes), node.id)
      case 'CatchClause':
        return bind(node, node.param)
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        return bind(program, node.local)
    }
  })

  const scopeOf = (name: string, ancestors: readonly AnyNode[]) => ancestors.findLast((each) => names.get(each)?.has(name))
  walk(program, (node, ancestors) => {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'Identifier') return
    const scope = scopeOf(node.left.name, ancestors)
    if (scope) names.get(scope)?.set(node.left.name, 'something else')
  })
  return (name, ancestors) => {
    const scope = scopeOf(name, ancestors)
    return (scope && names.get(scope)?.get(name)) ?? 'global'
  }
}
