import { badUserInput } from './errors.ts';

const LONGEST_SEARCH = 100;

/** Lets a text to search for pass that is short enough. Throws a GraphQLError with the code BAD_USER_INPUT. */
export function checkSearch(search = ''): void {
  if (search.length > LONGEST_SEARCH)
    throw badUserInput(`\`search\` has ${search.length} characters. Shorten it to at most ${LONGEST_SEARCH}.`);
}
