import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconCircleCheck, IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { RehearseImportMutation } from '../../gql/graphql.ts';
import { MutationErrorAlert, RemedyText } from '../../parts/mutation-error.tsx';
import { Rows, Section } from '../../parts/section.tsx';
import { count, counted } from '../../parts/words.ts';
import classes from './health.module.css';

const RehearseDocument = graphql(/* GraphQL */ `
  mutation RehearseImport($input: RehearseImportInput!) {
    rehearseImport(input: $input) {
      __typename
      ... on RehearseImportSuccess {
        rehearsal {
          users {
            ...TallyParts
          }
          teams {
            ...TallyParts
          }
          problems {
            attribute
            message
            remedy {
              ...RemedyParts
            }
            target {
              __typename
              ... on User {
                id
                displayName
              }
              ... on Team {
                id
                name
              }
            }
          }
          pageCount
          slowestPageMs
        }
      }
      ...MutationErrorParts
    }
  }
`);

/** How many there are, and what an import would do with them. */
export const TallyParts = graphql(/* GraphQL */ `
  fragment TallyParts on ImportTally {
    totalCount
    importCount
    skipCount
    failCount
  }
`);

type Success = Extract<NonNullable<RehearseImportMutation['rehearseImport']>, { rehearsal: unknown }>;
type Rehearsal = Success['rehearsal'];

/** Reads what Okta's import would read, and tells what would not get through, before anyone presses Import Now. */
export function RehearsalCard() {
  const { submit, busy, error } = useSubmit(RehearseDocument, 'rehearseImport');
  const [rehearsal, setRehearsal] = useState<Rehearsal>();
  const rehearse = async () => {
    const done = await submit({ input: {} });
    if (done !== undefined && 'rehearsal' in done) setRehearsal(done.rehearsal);
  };
  return (
    <Section
      title="Import rehearsal"
      description="See what Okta’s Import Now would read from this workspace. Nothing is changed or sent."
      actions={
        <Button
          variant="default"
          loading={busy}
          leftSection={<IconFlask size={16} aria-hidden />}
          onClick={() => void rehearse()}
        >
          {rehearsal === undefined ? 'Rehearse import' : 'Rehearse again'}
        </Button>
      }
    >
      <Stack gap="md">
        <MutationErrorAlert error={error} />
        {rehearsal !== undefined && <Report rehearsal={rehearsal} />}
      </Stack>
    </Section>
  );
}

function Report({ rehearsal }: { readonly rehearsal: Rehearsal }) {
  const { users, teams, problems, pageCount, slowestPageMs } = rehearsal;
  const rows = [{ name: 'Users', tally: users }, ...(teams === null ? [] : [{ name: 'Teams', tally: teams }])];
  return (
    <div role="status">
      <div className={classes.scroller} tabIndex={0} role="region" aria-label="What an import would do">
        <table className={`${classes.table} tabular`}>
          <thead>
            <tr>
              <td />
              <th scope="col">In all</th>
              <th scope="col">Would import</th>
              <th scope="col">Skipped, deactivated</th>
              <th scope="col">Would fail</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, tally }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{count(tally.totalCount)}</td>
                <td>{count(tally.importCount)}</td>
                <td>{count(tally.skipCount)}</td>
                <td>{count(tally.failCount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="xs" c="dimmed" mt="sm">
        {counted(pageCount, 'page')} read; the slowest took {count(Math.ceil(slowestPageMs))} ms. Okta gives up at
        60,000.
      </Text>
      {problems.length === 0 ? (
        <Alert color="spruce" mt="md" icon={<IconCircleCheck size={18} aria-hidden />}>
          Everything would import.
        </Alert>
      ) : (
        <Problems problems={problems} />
      )}
    </div>
  );
}

function Problems({ problems }: { readonly problems: Rehearsal['problems'] }) {
  return (
    <>
      <Text component="h3" fw={600} size="sm" mt="lg" mb="sm">
        {counted(problems.length, 'problem')}
      </Text>
      <Rows label="Problems">
        {problems.map(({ target, attribute, message, remedy }) => (
          <li key={`${target.id} ${attribute} ${message}`}>
            <Text size="sm" fw={550}>
              {target.__typename === 'User' ? target.displayName : target.name}
              {attribute !== null && <code> {attribute}</code>}
            </Text>
            <Text size="sm" mb={4}>
              {message}
            </Text>
            <RemedyText remedy={remedy} />
          </li>
        ))}
      </Rows>
    </>
  );
}
