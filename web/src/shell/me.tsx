import { createContext, use } from 'react';
import { graphql } from '../gql/index.ts';
import type { MeQuery, Permission } from '../gql/graphql.ts';

/** Who is signed in and where: asked once, before anything else. */
export const MeQueryDocument = graphql(/* GraphQL */ `
  query Me {
    viewer {
      user {
        id
        displayName
        userName
        role
      }
      permissions
    }
    workspace {
      id
      name
      slug
    }
    server {
      time
      version
    }
  }
`);

/** The signed-in person and their workspace. */
export interface Me {
  readonly viewer: NonNullable<MeQuery['viewer']>;
  readonly workspace: NonNullable<MeQuery['workspace']>;
  readonly version: string;
}

/** Provided by the shell: whatever stands inside it is for a signed-in person. */
export const MeContext = createContext<Me | undefined>(undefined);

/** The signed-in person. Throws outside the shell. */
export function useMe(): Me {
  const me = use(MeContext);
  if (me === undefined) throw new Error('useMe stands outside the shell.');
  return me;
}

/** Whether the signed-in person's role gives a permission. */
export function useMay(permission: Permission): boolean {
  return useMe().viewer.permissions.includes(permission);
}
