import { useExpectedVersion, type VersionedEdit } from '../../apollo/use-expected-version.ts';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { TeamPartsFragment, UpdateTeamInput } from '../../gql/graphql.ts';

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
export interface TeamEdit extends VersionedEdit {
  readonly save: (change: Pick<UpdateTeamInput, 'name' | 'roleMapping'>) => Promise<boolean>;
}

/** A change of the team as it was when the form was opened. */
export function useTeamEdit({ id, version }: Pick<TeamPartsFragment, 'id' | 'version'>): TeamEdit {
  const { submit, busy, ...last } = useSubmit(UpdateTeamDocument, 'updateTeam');
  const { next, conflict, error } = useExpectedVersion(version, last.error);
  const save: TeamEdit['save'] = async (change) =>
    (await submit({ input: { ...change, teamId: id, expectedVersion: next() } })) !== undefined;
  return { save, busy, conflict, error };
}
