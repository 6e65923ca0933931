import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { Notifications } from '@mantine/notifications';
import '@mantine/notifications/styles.css';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { createClient } from './apollo/client.ts';
import { Addresses, isOpenedInside } from './routes.tsx';
import { MeQueryDocument } from './shell/me.tsx';
import { SessionEnd, sessionEnded } from './shell/session-end.tsx';
import './theme/global.css';
import { cssVariablesResolver, theme } from './theme/theme.ts';

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
setNonce(nonce);

const client = createClient({ onUnauthenticated: sessionEnded });
// Asked before React is: the shell finds the answer, or the question under way, in the client.
if (isOpenedInside) client.query({ query: MeQueryDocument }).catch(() => {});

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <ApolloProvider client={client}>
        <BrowserRouter>
          <SessionEnd />
          <Addresses />
        </BrowserRouter>
        <Notifications position="bottom-right" />
      </ApolloProvider>
    </MantineProvider>
  </StrictMode>,
);
