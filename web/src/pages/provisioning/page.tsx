import { Page } from '../../shell/page.tsx';
import { Require } from '../../shell/require.tsx';

/** `/security/provisioning` */
export function Component() {
  return (
    <Require permission="MANAGE_SECURITY_AND_IDENTITY" title="Provisioning">
      <Page title="Provisioning">{null}</Page>
    </Require>
  );
}
