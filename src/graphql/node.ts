import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({ description: 'An object that `Query.node` can refetch.' })
export abstract class Node {
  @Field(() => ID, { description: 'Opaque global ID. Do not parse it; it never changes.' })
  readonly id!: string;
}
