import { Field, Int, InterfaceType, ObjectType } from 'type-graphql';
import type { Rule as DomainRule } from '../../domain/errors.ts';
import { Rule } from '../ability.ts';
import { enumeration } from '../enumeration.ts';
import { Remedy } from '../remedy.ts';

type Code = 'ALREADY_EXISTS' | 'INVALID_INPUT' | 'NOT_FOUND' | 'RULE_BROKEN' | 'VERSION_CONFLICT';

export const MutationErrorCode = enumeration<Code>(
  'MutationErrorCode',
  'Which error, one for each type that implements `MutationError`.',
  {
    ALREADY_EXISTS: '`AlreadyExistsError`.',
    INVALID_INPUT: '`InvalidInputError`.',
    NOT_FOUND: '`NotFoundError`.',
    RULE_BROKEN: '`RuleBrokenError`.',
    VERSION_CONFLICT: '`VersionConflictError`.',
  },
);

const MESSAGE = 'One sentence for the person at the screen.';
const REMEDY = 'What the person can do about it.';

@InterfaceType({
  description:
    'What all expected failures of mutations have in common. Select it to handle errors that are added later.',
})
export abstract class MutationError {
  @Field(() => MutationErrorCode, { description: 'Which error it is, for programs.' })
  readonly code!: Code;

  @Field(() => String, { description: MESSAGE })
  readonly message!: string;

  @Field(() => Remedy, {
    nullable: true,
    description: 'What the person can do about it; null when there is nothing to do.',
  })
  readonly remedy!: Remedy | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The input field at fault, as a path from `input`; null when it is no single field.',
  })
  readonly path!: readonly string[] | null;
}

/** What every error is made of. */
interface Fault {
  readonly message: string;
  readonly remedy: Remedy | null;
  readonly path: readonly string[] | null;
}

@ObjectType({ implements: MutationError, description: 'A value that has to be unique is taken.' })
export class AlreadyExistsError implements MutationError {
  @Field(() => MutationErrorCode, { description: '`ALREADY_EXISTS`.' })
  readonly code = 'ALREADY_EXISTS';

  @Field(() => String, { description: MESSAGE })
  readonly message: string;

  @Field(() => Remedy, { nullable: true, description: REMEDY })
  readonly remedy: Remedy | null;

  @Field(() => [String], { nullable: true, description: 'The input field at fault.' })
  readonly path: readonly string[] | null;

  @Field(() => String, { description: 'The field that has to be unique, for example `userName`.' })
  readonly field: string;

  constructor(fault: Fault & { readonly field: string }) {
    this.message = fault.message;
    this.remedy = fault.remedy;
    this.path = fault.path;
    this.field = fault.field;
  }
}

@ObjectType({ description: 'One thing wrong with an input.' })
export class InputIssue {
  @Field(() => [String], {
    description: 'The input field, as a path from `input`, for example `userIds`, `3`.',
  })
  readonly path!: readonly string[];

  @Field(() => String, { description: 'What is wrong, in a sentence.' })
  readonly message!: string;
}

@ObjectType({ implements: MutationError, description: 'The input cannot be taken.' })
export class InvalidInputError implements MutationError {
  @Field(() => MutationErrorCode, { description: '`INVALID_INPUT`.' })
  readonly code = 'INVALID_INPUT';

  @Field(() => String, { description: MESSAGE })
  readonly message: string;

  @Field(() => Remedy, { nullable: true, description: REMEDY })
  readonly remedy: Remedy | null;

  @Field(() => [String], { nullable: true, description: 'The input field at fault; null when there are several.' })
  readonly path: readonly string[] | null;

  @Field(() => [InputIssue], { description: "All that is wrong, in the order of the input's fields." })
  readonly issues: readonly InputIssue[];

  constructor(fault: Fault & { readonly issues: readonly InputIssue[] }) {
    this.message = fault.message;
    this.remedy = fault.remedy;
    this.path = fault.path;
    this.issues = fault.issues;
  }
}

@ObjectType({ implements: MutationError, description: 'There is no such object in the workspace.' })
export class NotFoundError implements MutationError {
  @Field(() => MutationErrorCode, { description: '`NOT_FOUND`.' })
  readonly code = 'NOT_FOUND';

  @Field(() => String, { description: MESSAGE })
  readonly message: string;

  @Field(() => Remedy, { nullable: true, description: REMEDY })
  readonly remedy: Remedy | null;

  @Field(() => [String], { nullable: true, description: 'The input field with the ID.' })
  readonly path: readonly string[] | null;

  constructor(fault: Fault) {
    this.message = fault.message;
    this.remedy = fault.remedy;
    this.path = fault.path;
  }
}

@ObjectType({ implements: MutationError, description: 'A rule of the workspace forbids it now.' })
export class RuleBrokenError implements MutationError {
  @Field(() => MutationErrorCode, { description: '`RULE_BROKEN`.' })
  readonly code = 'RULE_BROKEN';

  @Field(() => String, { description: MESSAGE })
  readonly message: string;

  @Field(() => Remedy, { nullable: true, description: REMEDY })
  readonly remedy: Remedy | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The input field at fault; null when it is no single field.',
  })
  readonly path: readonly string[] | null;

  @Field(() => Rule, { description: 'The rule.' })
  readonly rule: DomainRule;

  constructor(fault: Fault & { readonly rule: DomainRule }) {
    this.message = fault.message;
    this.remedy = fault.remedy;
    this.path = fault.path;
    this.rule = fault.rule;
  }
}

@ObjectType({
  implements: MutationError,
  description: 'Someone changed the object since it was read. Nothing was written.',
})
export class VersionConflictError implements MutationError {
  @Field(() => MutationErrorCode, { description: '`VERSION_CONFLICT`.' })
  readonly code = 'VERSION_CONFLICT';

  @Field(() => String, { description: MESSAGE })
  readonly message: string;

  @Field(() => Remedy, { nullable: true, description: REMEDY })
  readonly remedy: Remedy | null;

  @Field(() => [String], { nullable: true, description: '`expectedVersion`.' })
  readonly path: readonly string[] | null;

  @Field(() => Int, { description: 'The version now.' })
  readonly currentVersion: number;

  constructor(fault: Fault & { readonly currentVersion: number }) {
    this.message = fault.message;
    this.remedy = fault.remedy;
    this.path = fault.path;
    this.currentVersion = fault.currentVersion;
  }
}

const MUTATION_ERRORS = [AlreadyExistsError, InvalidInputError, NotFoundError, RuleBrokenError, VersionConflictError];

/** Whether a mutation's answer is an error of its union. */
export function isMutationError(answer: unknown): answer is MutationError {
  return MUTATION_ERRORS.some((error) => answer instanceof error);
}
