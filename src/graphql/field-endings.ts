import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import {
  Kind,
  type DocumentNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { GraphContext } from './context.ts';
import type { ErrorCode } from './errors.ts';
import { isMutationError } from './mutations/mutation-error.ts';

/** How a root field of an operation ended. */
export interface FieldEnding {
  /** `Query.workspace` and the like, or `none` for a request that was refused before any field was asked for. */
  readonly field: string;
  /** Refused is what was the request's fault, an error of a mutation's union included; failed is ours. */
  readonly outcome: 'succeeded' | 'refused' | 'failed';
  /** Of the whole operation. */
  readonly seconds: number;
}

type Reply = GraphQLRequestContextWillSendResponse<GraphContext>;

/** Tells how the root fields of each operation ended. It changes the schema, so give it the one that is served. */
export function tellFieldEndings(
  schema: GraphQLSchema,
  tell: (ending: FieldEnding) => void,
): ApolloServerPlugin<GraphContext> {
  const refused = noteRefusals(schema);
  return {
    requestDidStart: async () => {
      const started = performance.now();
      let isRun = false;
      return {
        executionDidStart: async () => void (isRun = true),
        willSendResponse: async (reply) => {
          const seconds = (performance.now() - started) / 1_000;
          const endings = isRun ? endingsOf(reply, refused.get(reply.contextValue)) : [notRun(reply)];
          for (const ending of endings) tell({ ...ending, seconds });
        },
      };
    },
  };
}

/** The keys in the answer of the mutations that ended with an error of their union: the answer itself need not tell. */
function noteRefusals(schema: GraphQLSchema): WeakMap<GraphContext, Set<string | number>> {
  const refused = new WeakMap<GraphContext, Set<string | number>>();
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve!;
    field.resolve = async (source, args, context: GraphContext, info) => {
      const value: unknown = await resolve(source, args, context, info);
      if (isMutationError(value)) refused.set(context, (refused.get(context) ?? new Set()).add(info.path.key));
      return value;
    };
  }
  return refused;
}

type Ending = Omit<FieldEnding, 'seconds'>;

function endingsOf(reply: Reply, refused: ReadonlySet<string | number> = new Set()): Ending[] {
  const { errors, data } = resultOf(reply);
  const asked = reply.operation === undefined ? [] : rootFieldsOf(reply.schema, reply.document!, reply.operation);
  return [...asked].flatMap(([key, field]) => {
    // Left out by @skip or @include.
    if (data !== undefined && data !== null && !Object.hasOwn(data, key)) return [];
    const outcome = outcomeOf(errors.filter(({ path }) => path === undefined || path[0] === key));
    return [{ field, outcome: outcome === 'succeeded' && refused.has(key) ? 'refused' : outcome }];
  });
}

function notRun(reply: Reply): Ending {
  return { field: 'none', outcome: outcomeOf(resultOf(reply).errors) };
}

function resultOf({ response: { body } }: Reply) {
  const { errors = [], data } = body.kind === 'single' ? body.singleResult : body.initialResult;
  return { errors, data };
}

function outcomeOf(errors: readonly GraphQLFormattedError[]): FieldEnding['outcome'] {
  const isOurs = errors.some(
    ({ extensions }) => extensions?.['code'] === ('INTERNAL_SERVER_ERROR' satisfies ErrorCode),
  );
  if (isOurs) return 'failed';
  return errors.length > 0 ? 'refused' : 'succeeded';
}

/** The fields at the root of a valid operation, by their keys in the answer. Introspection is none of the schema's. */
function rootFieldsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlyMap<string, string> {
  const root = schema.getRootType(operation.operation);
  const found = new Map<string, string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (node.kind === Kind.FRAGMENT_SPREAD) collect(fragmentOf(document, node.name.value));
      else if (root?.getFields()[node.name.value] !== undefined)
        found.set(node.alias?.value ?? node.name.value, `${root.name}.${node.name.value}`);
    }
  };
  collect(operation.selectionSet);
  return found;
}

function fragmentOf(document: DocumentNode, name: string): SelectionSetNode {
  const fragment = document.definitions.find(
    (each) => each.kind === Kind.FRAGMENT_DEFINITION && each.name.value === name,
  );
  if (fragment?.kind !== Kind.FRAGMENT_DEFINITION) throw new Error(`The valid operation has no fragment ${name}.`);
  return fragment.selectionSet;
}
