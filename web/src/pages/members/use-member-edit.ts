import { useState } from 'react';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MemberPartsFragment, MutationErrorPartsFragment, UpdateUserInput } from '../../gql/graphql.ts';

const UpdateMemberDocument = graphql(/* GraphQL */ `
  mutation UpdateMember($input: UpdateUserInput!) {
    updateUser(input: $input) {
      __typename
      ... on UpdateUserSuccess {
        user {
          ...MemberParts
        }
      }
      ... on VersionConflictError {
        currentVersion
      }
      ...MutationErrorParts
    }
  }
`);

/** What a form changes of a member. */
export type MemberChange = Omit<UpdateUserInput, 'userId' | 'expectedVersion'>;

/** A change of a member that notices when somebody else was quicker. */
export interface MemberEdit {
  readonly save: (change: MemberChange) => Promise<boolean>;
  readonly busy: boolean;
  /** Whether somebody else changed the member while the form was open; the next save goes on top of theirs. */
  readonly conflict: boolean;
  /** Any other failure. */
  readonly error: MutationErrorPartsFragment | undefined;
}

/** A change of the member as they were when the form was opened, whatever is read in the meantime. */
export function useMemberEdit({ id, version }: Pick<MemberPartsFragment, 'id' | 'version'>): MemberEdit {
  const [opened] = useState(version);
  const [superseded, setSuperseded] = useState<MutationErrorPartsFragment>();
  const { submit, busy, error } = useSubmit(UpdateMemberDocument, 'updateUser');
  const conflict = error?.__typename === 'VersionConflictError' ? error : undefined;
  const save = async (change: MemberChange) => {
    const latest = conflict ?? superseded;
    const expectedVersion = versionIn(latest) ?? opened;
    setSuperseded(latest);
    return (await submit({ input: { ...change, userId: id, expectedVersion } })) !== undefined;
  };
  return { save, busy, conflict: conflict !== undefined, error: conflict === undefined ? error : undefined };
}

function versionIn(error: object | undefined): number | undefined {
  return error !== undefined && 'currentVersion' in error ? Number(error.currentVersion) : undefined;
}
