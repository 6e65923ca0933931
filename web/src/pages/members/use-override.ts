import { useSubmit } from '../../apollo/use-submit.ts';
import { graphql } from '../../gql/index.ts';
import type { MutationErrorPartsFragment, OverridePartsFragment, ProfileSource } from '../../gql/graphql.ts';

const SetOverrideDocument = graphql(/* GraphQL */ `
  mutation SetOverride($input: SetDisplayNameOverrideInput!) {
    setDisplayNameOverride(input: $input) {
      __typename
      ... on SetDisplayNameOverrideSuccess {
        user {
          ...OverrideParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

const ClearOverrideDocument = graphql(/* GraphQL */ `
  mutation ClearOverride($input: ClearDisplayNameOverrideInput!) {
    clearDisplayNameOverride(input: $input) {
      __typename
      ... on ClearDisplayNameOverrideSuccess {
        user {
          ...OverrideParts
        }
      }
      ...MutationErrorParts
    }
  }
`);

/** The ways to set and to clear an override; each says whether it went well, and shows at once as if it had. */
export interface Override {
  readonly set: (name: string) => Promise<boolean>;
  readonly clear: () => Promise<boolean>;
  readonly busy: boolean;
  readonly error: MutationErrorPartsFragment | undefined;
}

/** The override of a member's display name. */
export function useOverride(user: OverridePartsFragment): Override {
  const setting = useSubmit(SetOverrideDocument, 'setDisplayNameOverride');
  const clearing = useSubmit(ClearOverrideDocument, 'clearDisplayNameOverride');
  const userId = user.id;
  const set = async (displayName: string) => {
    const shown = named(user, { override: displayName, name: displayName, source: 'OVERRIDE' });
    const optimistic = {
      setDisplayNameOverride: { __typename: 'SetDisplayNameOverrideSuccess' as const, user: shown },
    };
    return (await setting.submit({ input: { userId, displayName } }, { optimistic })) !== undefined;
  };
  const clear = async () => {
    const name = user.profile.displayName.directoryValue;
    // What the name is made of is the server's to say where the directory sent none.
    if (name === null) return (await clearing.submit({ input: { userId } })) !== undefined;
    const shown = named(user, { override: null, name, source: 'DIRECTORY' });
    const optimistic = {
      clearDisplayNameOverride: { __typename: 'ClearDisplayNameOverrideSuccess' as const, user: shown },
    };
    return (await clearing.submit({ input: { userId } }, { optimistic })) !== undefined;
  };
  return { set, clear, busy: setting.busy || clearing.busy, error: setting.error };
}

interface Naming {
  readonly override: string | null;
  readonly name: string;
  readonly source: ProfileSource;
}

function named(user: OverridePartsFragment, { override, name, source }: Naming) {
  const { id, version, viewerCanOverrideDisplayName, profile } = user;
  return {
    __typename: 'User' as const,
    id,
    version,
    displayName: name,
    displayNameOverride: override,
    profile: {
      __typename: 'UserProfile' as const,
      displayName: { __typename: 'ProfileField' as const, ...profile.displayName, value: name, source },
    },
    viewerCanOverrideDisplayName: { __typename: 'Ability' as const, ...viewerCanOverrideDisplayName },
  };
}
