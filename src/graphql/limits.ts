import {
  getNamedType,
  GraphQLError,
  isLeafType,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { DEFAULT_PAGE } from './connection.ts';
import type { ErrorCode } from './errors.ts';

/** What one request may ask for. */
export const LIMITS = {
  tokens: 1_000,
  depth: 10,
  aliases: 15,
  /** Objects that the answer may hold: scalars and enums count 0, objects 1, a connection times its page size. */
  cost: 2_000,
  /** Selections after all fragments are spread. */
  selections: 10_000,
  bodyBytes: 100 * 1024,
  /** Objects and lists inside each other in the JSON of the body. */
  bodyNesting: 32,
  milliseconds: 10_000,
} as const;

/** An operation that passed validation, about to be run. */
export interface CheckedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Lets an operation within the limits pass. Throws a GraphQLError with the code OPERATION_TOO_COMPLEX. */
export function checkOperation(checked: CheckedOperation): void {
  const aliases = aliasesIn(checked.document);
  if (aliases > LIMITS.aliases) throw tooComplex(`has ${aliases} aliases`, `Use at most ${LIMITS.aliases}`);
  const depth = depthOf(checked);
  if (depth > LIMITS.depth) throw tooComplex(`is ${depth} fields deep`, `Go at most ${LIMITS.depth} deep`);
  const cost = costOf(checked);
  if (cost > LIMITS.cost) throw tooComplex(`costs ${cost}`, `Ask for smaller pages: at most ${LIMITS.cost}`);
}

function tooComplex(fault: string, remedy: string): GraphQLError {
  return new GraphQLError(`The operation ${fault}. ${remedy}.`, {
    extensions: { code: 'OPERATION_TOO_COMPLEX' satisfies ErrorCode, http: { status: 400 } },
  });
}

function aliasesIn(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field: (field) => {
      if (field.alias !== undefined) count += 1;
    },
  });
  return count;
}

/** The deepest field; introspection, which is deeper than any query of ours, does not count. */
function depthOf({ document, operation }: CheckedOperation): number {
  const fragments = new Map<string, SelectionSetNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition.selectionSet);
  const known = new Map<SelectionSetNode, number>();
  const below = (set: SelectionSetNode | undefined): number => {
    if (set === undefined) return 0;
    const depth = known.get(set) ?? Math.max(0, ...set.selections.map(depthOfSelection));
    known.set(set, depth);
    return depth;
  };
  const depthOfSelection = (node: SelectionSetNode['selections'][number]): number => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return below(fragments.get(node.name.value));
    if (node.kind === Kind.INLINE_FRAGMENT) return below(node.selectionSet);
    return isIntrospection(node.name.value) ? 0 : 1 + below(node.selectionSet);
  };
  return below(operation.selectionSet);
}

function costOf({ schema, document, operation, variables }: CheckedOperation): number {
  const others = document.definitions.filter((each) => each.kind !== Kind.OPERATION_DEFINITION);
  const query: DocumentNode = { ...document, definitions: [operation, ...others] };
  return getComplexity({ schema, query, variables, estimators: [costOfField] });
}

function costOfField({ field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const type = getNamedType(field.type);
  if (isLeafType(type) || isIntrospection(field.name)) return 0;
  if (type.name.endsWith('Connection')) return 1 + childComplexity * pageSize(args);
  if (Array.isArray(args['ids'])) return (1 + childComplexity) * args['ids'].length;
  return 1 + childComplexity;
}

function pageSize({ first, last }: Readonly<Record<string, unknown>>): number {
  const size = first ?? last;
  return typeof size === 'number' ? Math.max(size, 1) : DEFAULT_PAGE;
}

function isIntrospection(fieldName: string): boolean {
  return fieldName.startsWith('__');
}
