import { useState } from 'react';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MutationErrorPartsFragment, TeamPartsFragment, UpdateTeamInput } from '../../gql/graphql.ts';

const UpdateTeamDocument = graphql(/* GraphQL */ `
  mutation UpdateTeam($input: UpdateTeamInput!) {
    updateTeam(input: $input) {
      __typename
      ... on UpdateTeamSuccess {
        team {
          ...TeamParts
        }
      }
      ... on VersionConflictError {
        currentVersion
      }
      ...MutationErrorParts
    }
  }
`);

/** A change of a team that notices when somebody else was quicker. */
export interface TeamEdit {
  readonly save: (change: Pick<UpdateTeamInput, 'name' | 'roleMapping'>) => Promise<boolean>;
  readonly busy: boolean;
  /** Whether somebody else changed the team while the form was open; the next save goes on top of theirs. */
  readonly conflict: boolean;
  /** Any other failure. */
  readonly error: MutationErrorPartsFragment | undefined;
}

/** A change of the team as it was when the form was opened, whatever is read in the meantime. */
export function useTeamEdit({ id, version }: Pick<TeamPartsFragment, 'id' | 'version'>): TeamEdit {
  const [expected, setExpected] = useState(version);
  const { submit, busy, error } = useSubmit(UpdateTeamDocument, 'updateTeam');
  const conflict = error !== undefined && 'currentVersion' in error ? Number(error.currentVersion) : undefined;
  const save: TeamEdit['save'] = async (change) => {
    const expectedVersion = conflict ?? expected;
    setExpected(expectedVersion);
    return (await submit({ input: { ...change, teamId: id, expectedVersion } })) !== undefined;
  };
  return { save, busy, conflict: conflict !== undefined, error: conflict === undefined ? error : undefined };
}
