import type { MutationUpdaterFunction, OperationVariables, TypedDocumentNode, ApolloCache } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import type { MutationErrorPartsFragment } from '../gql/graphql.ts';
import { notifyFailure } from '../parts/notify.tsx';

/** The part of a mutation's result that says it went well. */
export type SuccessOf<Result> = Exclude<NonNullable<Result>, { code: unknown }>;

/** A mutation as a form uses it. */
export interface Submission<Result, Variables> {
  /** Resolves with the success, or undefined where it failed: `error` then says why, or a notification did. */
  readonly submit: (variables: Variables, options?: SubmitOptions<Result>) => Promise<SuccessOf<Result> | undefined>;
  readonly busy: boolean;
  /** The expected failure of the last attempt. */
  readonly error: MutationErrorPartsFragment | undefined;
  readonly reset: () => void;
}

interface SubmitOptions<Result> {
  /** What the answer will most likely be; shown at once, taken back where it was another. */
  readonly optimistic?: { readonly [field: string]: Result };
  readonly update?: MutationUpdaterFunction<unknown, OperationVariables, ApolloCache>;
}

/**
 * Runs a mutation whose expected failures are data. `field` is the mutation's name; its selection holds
 * `...MutationErrorParts`. Failures that are not data (connection, permission, server) are told in a notification.
 */
export function useSubmit<Data, Variables extends OperationVariables, Field extends keyof Data & string>(
  mutation: TypedDocumentNode<Data, Variables>,
  field: Field,
): Submission<Data[Field], Variables> {
  type Result = Data[Field];
  const [run, { loading }] = useMutation<Data>(mutation);
  const [error, setError] = useState<MutationErrorPartsFragment>();
  const submit = async (variables: Variables, { optimistic, update }: SubmitOptions<Result> = {}) => {
    setError(undefined);
    try {
      const { data } = await run({
        variables,
        ...(optimistic === undefined ? {} : { optimisticResponse: optimistic as never }),
        ...(update === undefined ? {} : { update }),
      });
      const result = data?.[field] as object | null | undefined;
      if (result == null) return undefined;
      if (!('code' in result)) return result as SuccessOf<Result>;
      setError(result as MutationErrorPartsFragment);
    } catch (failure) {
      notifyFailure(failure);
    }
    return undefined;
  };
  return { submit, busy: loading, error, reset: () => setError(undefined) };
}
