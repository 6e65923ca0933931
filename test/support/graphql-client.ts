/** Asks the GraphQL face as a frontend does; fails where the answer has errors. */
export async function graphql(
  url: string,
  token: string,
  query: string,
  variables: object = {},
  // What is in it is what the tests are about.
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: unknown; errors?: unknown };
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
}
