import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues } from 'graphql';
import type { GraphContext } from './context.ts';
import { checkOperation } from './limits.ts';

/**
 * Refuses what is beyond the limits. Variables are read first: an operation whose variables are wrong is refused when it
 * is run, with all their faults.
 */
export const limitOperations: ApolloServerPlugin<GraphContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (operation === undefined) return;
      const variables = request.variables ?? {};
      const read = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
      if (read.coerced !== undefined) checkOperation({ schema, document, operation, variables });
    },
  }),
};

/** Gives the answer the headers that resolvers asked for. */
export const sendReplyHeaders: ApolloServerPlugin<GraphContext> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, contextValue }) => {
      for (const [name, value] of contextValue.replyHeaders) response.http.headers.set(name.toLowerCase(), value);
    },
  }),
};
