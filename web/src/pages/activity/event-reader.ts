import type { ApolloClient } from '@apollo/client';
import type { ProvisioningEventFilter } from '../../gql/graphql.ts';
import type { ReadNews, ReadPage, Step } from './feed.ts';
import { NewsQuery, PageQuery } from './queries.ts';

/** Fifty events after a cursor. */
export async function readPage(
  client: ApolloClient,
  filter: ProvisioningEventFilter,
  after: string | null,
): Promise<ReadPage> {
  const { data } = await client.query({ query: PageQuery, variables: { filter, after }, fetchPolicy: 'no-cache' });
  const connection = data?.workspace?.provisioning?.events;
  if (connection === undefined) throw new Error('The answer holds no events.');
  const { nodes, pageInfo, totalCount } = connection;
  return {
    events: nodes,
    startCursor: pageInfo.startCursor,
    endCursor: pageInfo.endCursor,
    hasMore: pageInfo.hasNextPage,
    total: totalCount,
  };
}

/** The events before a cursor, up to a hundred. */
export async function readNews(
  client: ApolloClient,
  filter: ProvisioningEventFilter,
  before: string,
): Promise<ReadNews> {
  const { data } = await client.query({ query: NewsQuery, variables: { filter, before }, fetchPolicy: 'no-cache' });
  const connection = data?.workspace?.provisioning?.events;
  if (connection === undefined) throw new Error('The answer holds no events.');
  const { nodes, pageInfo } = connection;
  return { events: nodes, startCursor: pageInfo.startCursor, behind: pageInfo.hasPreviousPage };
}

/** A read as a step of the list, a failure included. */
export async function read<Kind extends 'page' | 'more' | 'news'>(
  reading: () => Promise<Extract<Step, { kind: Kind }> extends { page: infer Page } ? Page : never>,
  kind: Kind,
): Promise<Step> {
  try {
    return { kind, page: await reading() } as Extract<Step, { kind: Kind }>;
  } catch (error) {
    return { kind: 'failed', error };
  }
}
