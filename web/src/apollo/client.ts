import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { possibleTypes } from '../gql/possible-types.ts';
import { answerErrors, type ErrorListeners } from './error-link.ts';

/** The API of the server that the page came from; the session travels as a cookie. */
export function createClient(listeners: ErrorListeners): ApolloClient {
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    // A header that no form can send: the server takes it as a sign that the page itself asks.
    headers: { 'Apollo-Require-Preflight': 'true' },
  });
  return new ApolloClient({
    link: ApolloLink.from([answerErrors(listeners), http]),
    cache: createCache(),
    defaultOptions: { watchQuery: { notifyOnNetworkStatusChange: true } },
  });
}

/** Lists of provisioning grow by "load more"; members and teams are read page by page, and each page is kept. */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      User: { fields: { profile: { merge: true } } },
      Provisioning: {
        fields: {
          credentials: relayStylePagination(['statuses']),
          events: relayStylePagination(['filter']),
          settings: { merge: true },
        },
      },
      Viewer: { merge: true },
      Server: { merge: true },
    },
  });
}
