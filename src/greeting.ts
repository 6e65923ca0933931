import type { Demo } from './demo.ts';
import { invitationUrl } from './domain/invitation-url.ts';
import { scimBaseUrl } from './domain/scim-base-url.ts';

/** The few lines that a person reads after `npm start`. */
export function greeting(publicUrl: string, sandbox: boolean, demo: Demo | undefined): string {
  const slug = demo?.slug ?? '<workspace>';
  const rows: [string, string][] = [
    ['Admin UI', `${publicUrl}/`],
    [sandbox ? 'GraphQL and Sandbox' : 'GraphQL', `${publicUrl}/graphql`],
    ['SCIM Base URL', scimBaseUrl(publicUrl, slug)],
  ];
  if (demo !== undefined) {
    rows.push(['Access token', demo.accessToken]);
    rows.push(['Invitation', invitationUrl(publicUrl, slug, demo.invitationToken)]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
  return ['', 'Rollcall is ready.', '', ...lines, '', ...hints(demo), ''].join('\n');
}

function hints(demo: Demo | undefined): string[] {
  if (demo === undefined) return ['  Need a token? npm run -s rollcall -- token create --help'];
  return [
    `  The workspace ${demo.slug} was made to try things on. The token acts as its owner, ${demo.ownerName}: send it to`,
    '  GraphQL as the header  Authorization: Bearer <token>',
    '  The invitation lets the owner set a password, within 7 days. Both are shown only now.',
  ];
}
