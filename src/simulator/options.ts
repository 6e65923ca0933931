import { z } from 'zod';
import { generatePeople } from './people/generated.ts';
import { PersonSchema, type Person } from './people/person.ts';
import { STEPS } from './simulation.ts';

/** Told after each piece of work: how many of how many, and in which step. */
export type OnProgress = (done: number, total: number, label: string) => void;

const DEFAULT_USERS = 25;

/** The rules of a simulation's options. */
export const SimulationOptionsSchema = z
  .object({
    /** The SCIM base URL as an admin would paste it into the directory; a trailing slash does no harm. */
    baseUrl: z.url({ protocol: /^https?$/, error: 'baseUrl must be an http:// or https:// URL.' }),
    token: z.string().min(1, 'token must not be empty.'),
    people: z.array(PersonSchema).optional(),
    /** How many people to make up when `people` is not given. */
    users: z.int().min(0).optional(),
    /** Stands before made-up userNames, so that two runs against one workspace do not meet. */
    prefix: z.string().optional(),
    /** How many groups to push over the people. */
    groups: z.int().min(0).default(0),
    dialect: z.enum(['put', 'patch']).default('put'),
    /** Whether people's own passwords are pushed, with their create and once changed (*Sync Password*); else placeholders. */
    passwordSync: z.boolean().default(false),
    /** A bad network: the share of answers lost, of requests sent twice and of calls overtaken by others. */
    chaos: z.object({ seed: z.int().min(0), rate: z.number().min(0).max(0.5).default(0.01) }).optional(),
    concurrency: z.int().min(1).max(1000).default(4),
    /** A subset runs in the usual order, whatever the order given; `groups` and `importGroups` only with groups, `password` only with password sync. */
    steps: z.array(z.enum(STEPS)).default([...STEPS]),
    /** Connection failures in a row that end the run; by default all connections at once and four more. */
    maxConnectionErrors: z.int().min(1).optional(),
    timeoutMilliseconds: z.int().min(1).optional(),
    onProgress: z.custom<OnProgress>((value) => typeof value === 'function').optional(),
    signal: z.instanceof(AbortSignal).optional(),
  })
  .refine(({ people, users }) => people === undefined || users === undefined, 'Give either people or users, not both.');

/** What a simulation is told. */
export type SimulationOptions = z.input<typeof SimulationOptionsSchema>;

/** The options with their defaults filled in. */
export type SimulationSettings = z.output<typeof SimulationOptionsSchema>;

/** The people of a simulation: those given, else made-up ones. */
export function peopleOf({ people, users = DEFAULT_USERS, prefix }: SimulationSettings): Person[] {
  return people ?? generatePeople(users, { prefix });
}
