const SCIM = '/scim/{workspace}/v2';
const RESOURCE = ['GET', 'PUT', 'PATCH', 'DELETE'];
const READ = ['GET'];

/** Every route that is measured by itself, as a template, with the methods that it has. */
export const MEASURED_ROUTES: ReadonlyMap<string, readonly string[]> = new Map([
  [`${SCIM}/Users`, ['GET', 'POST']],
  [`${SCIM}/Users/.search`, ['POST']],
  [`${SCIM}/Users/{id}`, RESOURCE],
  [`${SCIM}/Groups`, ['GET', 'POST']],
  [`${SCIM}/Groups/.search`, ['POST']],
  [`${SCIM}/Groups/{id}`, RESOURCE],
  [`${SCIM}/Bulk`, ['POST']],
  [`${SCIM}/ServiceProviderConfig`, READ],
  [`${SCIM}/ResourceTypes`, READ],
  [`${SCIM}/ResourceTypes/{id}`, READ],
  [`${SCIM}/Schemas`, READ],
  [`${SCIM}/Schemas/{id}`, READ],
  ['/graphql', ['GET', 'POST', 'OPTIONS']],
  ['/sign-in/{workspace}', READ],
  ['/sign-in/{workspace}/callback', READ],
  ['/sign-in/{workspace}/options', READ],
  ['/assets/{name}', READ],
  ['/csp-reports', ['POST']],
  ['/livez', READ],
  ['/readyz', READ],
  ['/metrics', READ],
]);

/** Method and route of a request, as labels: one of a fixed number of pairs, and no word of them is the client's. */
export interface RouteLabel {
  readonly method: string;
  readonly route: string;
}

/** As much of a request as its label follows from. */
export interface LabelledRequest {
  readonly method: string;
  /** With or without a query. */
  readonly url: string;
  readonly accept: string;
}

const SCIM_REST: RouteLabel = { method: 'other', route: '/scim/other' };
const PAGE: RouteLabel = { method: 'GET', route: 'page' };
const REST: RouteLabel = { method: 'other', route: 'other' };

/** The label of a request. All that is no route, or no method of one, is together. */
export function routeLabel(request: LabelledRequest): RouteLabel {
  // Express answers HEAD as a GET without the body.
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const segments = request.url
    .split('?', 1)[0]!
    .split('/')
    .filter((part) => part !== '');
  const route = templateOf(segments);
  if (MEASURED_ROUTES.get(route)?.includes(method) === true) return { method, route };
  if (segments[0] === 'scim') return SCIM_REST;
  return method === 'GET' && request.accept.includes('text/html') ? PAGE : REST;
}

/** How the path would read as a template; whether there is such a route, the list above tells. */
function templateOf([first, second, third, ...rest]: readonly string[]): string {
  if (first === 'scim') return third === 'v2' ? scimTemplate(rest) : '';
  if (rest.length > 0) return '';
  if (first === 'sign-in' && second !== undefined)
    return third === undefined ? '/sign-in/{workspace}' : `/sign-in/{workspace}/${third}`;
  if (first === 'assets' && second !== undefined && third === undefined) return '/assets/{name}';
  return second === undefined ? `/${first}` : '';
}

function scimTemplate([name, id, ...rest]: readonly string[]): string {
  if (rest.length > 0) return '';
  if (id === undefined) return `${SCIM}/${name}`;
  return `${SCIM}/${name}/${id === '.search' ? id : '{id}'}`;
}
