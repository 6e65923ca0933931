import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { Page, PageOf, Position } from '../domain/criteria.ts';
import { badUserInput } from './errors.ts';

/** The items on a page when nobody says. */
export const DEFAULT_PAGE = 25;
/** The most items on a page. */
export const LARGEST_PAGE = 100;
const LONGEST_CURSOR = 8_192;

/** The arguments of every connection. */
@ArgsType()
export class PageArgs {
  @Field(() => String, { nullable: true, description: 'Items after this cursor.' })
  after?: string | null;

  @Field(() => String, { nullable: true, description: 'Items before this cursor.' })
  before?: string | null;

  @Field(() => Int, { nullable: true, description: 'The first n items.' })
  first?: number | null;

  @Field(() => Int, { nullable: true, description: 'The last n items.' })
  last?: number | null;
}

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether items follow this page.' })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether items precede this page.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first item; null on an empty page.' })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last item; null on an empty page.' })
  readonly endCursor!: string | null;
}

/** A list to page through; each part is read only when the query asks for it. */
export interface Listing<Item> {
  /** The list and its order: a cursor is good for no other. */
  readonly name: string;
  readonly args: PageArgs;
  readonly page: (page: Page) => Promise<PageOf<Item>>;
  readonly count: () => Promise<number | null>;
}

/** The types of one connection in words, and how an item becomes its object type. */
export interface ConnectionWords<Item, Node extends object> {
  readonly name: string;
  readonly description: string;
  readonly edgeDescription: string;
  readonly nodeDescription: string;
  /** Given where the count ends somewhere. */
  readonly countedUpTo?: string;
  readonly node: () => ClassType<Node>;
  readonly wrap: (item: Item) => Node;
}

/** Makes the connection and edge types of a list (Relay's cursor connections). */
export function connectionOf<Item, Node extends object>(words: ConnectionWords<Item, Node>) {
  @ObjectType(`${words.name}Edge`, { description: words.edgeDescription })
  class Edge {
    @Field(() => String, { description: 'Its place in the list.' })
    readonly cursor!: string;

    @Field(words.node, { description: words.nodeDescription })
    readonly node!: Node;
  }

  @ObjectType(`${words.name}Connection`, { description: words.description })
  class Connection {
    readonly #listing: Listing<Item>;
    readonly #window: Page;
    #edges: Promise<Window<Node>> | undefined;

    constructor(listing: Listing<Item>) {
      this.#listing = listing;
      this.#window = windowOf(listing.args, listing.name);
    }

    @Field(() => [Edge], { description: 'The items with their cursors.' })
    async edges(): Promise<readonly Edge[]> {
      return (await this.#read()).edges;
    }

    @Field(() => [words.node()], { description: 'The items.' })
    async nodes(): Promise<Node[]> {
      return (await this.#read()).edges.map((edge) => edge.node);
    }

    @Field(() => PageInfo, { description: 'Where the page stands.' })
    async pageInfo(): Promise<PageInfo> {
      return (await this.#read()).pageInfo;
    }

    @Field(() => Int, {
      nullable: words.countedUpTo !== undefined,
      description: `How many there are in all, exactly${words.countedUpTo === undefined ? '' : `; null beyond ${words.countedUpTo}`}.`,
    })
    totalCount(): Promise<number | null> {
      return this.#listing.count();
    }

    #read(): Promise<Window<Node>> {
      this.#edges ??= this.#listing
        .page(this.#window)
        .then((page) => readWindow(page, this.#listing.name, (item) => words.wrap(item)));
      return this.#edges;
    }
  }

  return Connection;
}

interface Window<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
}

function readWindow<Item, Node>(page: PageOf<Item>, list: string, wrap: (item: Item) => Node): Window<Node> {
  const edges = page.items.map(({ item, position }) => ({ cursor: cursorOf(list, position), node: wrap(item) }));
  const { hasNextPage, hasPreviousPage } = page;
  const startCursor = edges[0]?.cursor ?? null;
  const endCursor = edges.at(-1)?.cursor ?? null;
  return { edges, pageInfo: { hasNextPage, hasPreviousPage, startCursor, endCursor } };
}

function windowOf({ after, before, first, last }: PageArgs, list: string): Page {
  if (typeof first === 'number' && typeof last === 'number')
    throw badUserInput('Give either `first` or `last`, not both.');
  return {
    ...(typeof last === 'number' ? { last: sized('last', last) } : { first: sized('first', first ?? DEFAULT_PAGE) }),
    ...(typeof after === 'string' ? { after: positionOf('after', list, after) } : {}),
    ...(typeof before === 'string' ? { before: positionOf('before', list, before) } : {}),
  };
}

function sized(argument: string, size: number): number {
  if (size >= 1 && size <= LARGEST_PAGE) return size;
  throw badUserInput(`\`${argument}\` is ${size}. Give 1 to ${LARGEST_PAGE}.`);
}

function cursorOf(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

function positionOf(argument: string, list: string, cursor: string): Position {
  const [name, ...position] = cursor.length > LONGEST_CURSOR ? [] : readCursor(cursor);
  if (name === list && position.length > 0 && position.every(isSortValue)) return position;
  throw badUserInput(`\`${argument}\` is no cursor of this list in this order. Use one that it gave.`);
}

function readCursor(cursor: string): unknown[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(read) ? read : [];
  } catch {
    return [];
  }
}

function isSortValue(value: unknown): value is Position[number] {
  return value === null || typeof value === 'string' || typeof value === 'number';
}
