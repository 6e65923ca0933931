import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { graphql } from '../gql/index.ts';
import type { MutationErrorPartsFragment, RemedyAudience, RemedyPartsFragment } from '../gql/graphql.ts';

/** What every mutation selects of its errors: `...MutationErrorParts`. */
export const MutationErrorParts = graphql(/* GraphQL */ `
  fragment MutationErrorParts on MutationError {
    __typename
    code
    message
    path
    remedy {
      ...RemedyParts
    }
    ... on InvalidInputError {
      issues {
        path
        message
      }
    }
  }
`);

/** What every remedy is shown by: `...RemedyParts`. */
export const RemedyParts = graphql(/* GraphQL */ `
  fragment RemedyParts on Remedy {
    text
    audience
    oktaLocation
  }
`);

const WHO: Readonly<Record<RemedyAudience, string | null>> = {
  // The reader: the pages with acts are theirs.
  WORKSPACE_ADMIN: null,
  DIRECTORY_ADMIN: 'For your Okta admin',
  SUPPORT: 'For support',
};

/** What to do, who has to do it, and where in Okta. */
export function RemedyText({ remedy }: { readonly remedy: RemedyPartsFragment }) {
  const [who, where] = [WHO[remedy.audience], remedy.oktaLocation];
  return (
    <>
      <Text size="sm">{remedy.text}</Text>
      {(who !== null || where !== null) && (
        <Text size="xs" mt={4}>
          {who}
          {who !== null && where !== null && ' · '}
          {where !== null && (
            <>
              In Okta: <strong>{where}</strong>
            </>
          )}
        </Text>
      )}
    </>
  );
}

/** An expected failure of a mutation, as the server explains it. */
export function MutationErrorAlert({ error }: { readonly error: MutationErrorPartsFragment | undefined }) {
  if (error === undefined) return null;
  const issues = 'issues' in error ? error.issues.filter(({ message }) => message !== error.message) : [];
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} aria-hidden />} title={error.message}>
      {issues.length > 0 && (
        <List size="sm" mb={4}>
          {issues.map((issue) => (
            <List.Item key={issue.path.join('.')}>{issue.message}</List.Item>
          ))}
        </List>
      )}
      {error.remedy != null && <RemedyText remedy={error.remedy} />}
    </Alert>
  );
}
