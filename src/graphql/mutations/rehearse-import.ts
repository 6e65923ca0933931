import { Arg, createUnionType, Ctx, Field, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { rehearseImport, type ImportRehearsal as DomainImportRehearsal } from '../../domain/import-rehearsal.ts';
import type { GraphContext } from '../context.ts';
import { ImportRehearsal } from '../import-rehearsal.ts';
import { answer } from './answer.ts';
import { InvalidInputError } from './mutation-error.ts';

@InputType({ description: 'How to rehearse an import.' })
export class RehearseImportInput {
  @Field(() => Int, { defaultValue: 100, description: 'Users or teams a page, 1 to 1,000. Okta asks for 100.' })
  pageSize!: number;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether to read teams too, as with Okta's Import Groups.",
  })
  includeTeams!: boolean;
}

@ObjectType({ description: 'The import was rehearsed.' })
export class RehearseImportSuccess {
  @Field(() => ImportRehearsal, { description: 'The findings.' })
  readonly rehearsal: ImportRehearsal;

  constructor(rehearsal: DomainImportRehearsal) {
    this.rehearsal = new ImportRehearsal(rehearsal);
  }
}

const RehearseImportResult = createUnionType({
  name: 'RehearseImportResult',
  description: 'How `rehearseImport` can end.',
  types: () => [RehearseImportSuccess, InvalidInputError] as const,
});

/** Rehearses imports. */
@Resolver()
export class RehearseImportMutations {
  @Mutation(() => RehearseImportResult, {
    nullable: true,
    description:
      "Read the SCIM lists as Okta's import would, and report what would fail. Needs `MANAGE_SECURITY_AND_IDENTITY`.",
  })
  rehearseImport(
    @Ctx() ctx: GraphContext,
    @Arg('input', () => RehearseImportInput, { description: 'How to rehearse.' }) input: RehearseImportInput,
  ) {
    return answer(ctx, input, async ({ domain }) => new RehearseImportSuccess(await rehearseImport(domain, input)));
  }
}
