import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  ImportProblem as DomainImportProblem,
  ImportRehearsal as DomainImportRehearsal,
  ImportTally as DomainImportTally,
} from '../domain/import-rehearsal.ts';
import { ProvisioningTarget } from './provisioning-event.ts';
import { Remedy } from './remedy.ts';
import { Team } from './team.ts';
import { User } from './user.ts';

@ObjectType({
  description:
    'What an import would do with users or teams. `importCount`, `skipCount` and `failCount` add up to `totalCount`.',
})
export class ImportTally implements DomainImportTally {
  @Field(() => Int, { description: 'How many there are.' })
  readonly totalCount!: number;

  @Field(() => Int, { description: 'Would import.' })
  readonly importCount!: number;

  @Field(() => Int, { description: 'Would be skipped: Okta does not import deactivated users.' })
  readonly skipCount!: number;

  @Field(() => Int, { description: 'Would fail.' })
  readonly failCount!: number;
}

@ObjectType({ description: 'A user or team that would not import.' })
export class ImportProblem {
  @Field(() => ProvisioningTarget, { description: 'The user or team.' })
  readonly target: User | Team;

  @Field(() => String, {
    nullable: true,
    description: 'The SCIM attribute at fault; null when it is no single one.',
  })
  readonly attribute: string | null;

  @Field(() => String, { description: 'What is wrong, in a sentence.' })
  readonly message: string;

  @Field(() => Remedy, { description: 'What to do about it.' })
  readonly remedy: Remedy;

  constructor({ target, attribute, message, remedy }: DomainImportProblem) {
    this.target = target.type === 'User' ? new User(target.user) : new Team(target.team);
    this.attribute = attribute;
    this.message = message;
    this.remedy = remedy;
  }
}

@ObjectType({ description: 'What an import would do. Nothing was changed, and no event recorded.' })
export class ImportRehearsal {
  @Field(() => ImportTally, { description: 'What would happen to users.' })
  readonly users: ImportTally;

  @Field(() => ImportTally, {
    nullable: true,
    description: 'What would happen to teams; null when they were not read.',
  })
  readonly teams: ImportTally | null;

  @Field(() => [ImportProblem], { description: 'What would fail, at most 100 items.' })
  readonly problems: readonly ImportProblem[];

  @Field(() => Int, { description: 'Pages read.' })
  readonly pageCount: number;

  @Field(() => Float, { description: 'The slowest page, in milliseconds. Okta gives up at 60,000.' })
  readonly slowestPageMs: number;

  constructor({ users, teams, problems, pageCount, slowestPageMs }: DomainImportRehearsal) {
    this.users = users;
    this.teams = teams;
    this.problems = problems.map((problem) => new ImportProblem(problem));
    this.pageCount = pageCount;
    this.slowestPageMs = slowestPageMs;
  }
}
