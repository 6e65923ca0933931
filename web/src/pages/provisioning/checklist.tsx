import { Accordion, Group, Progress, Text, ThemeIcon } from '@mantine/core';
import { IconCheck, IconLock, IconMinus } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { ProvisioningPageQuery, SetupStepStatus } from '../../gql/graphql.ts';
import { Markdown } from '../../parts/markdown.tsx';
import { RemedyText } from '../../parts/mutation-error.tsx';
import { RelativeTime } from '../../parts/relative-time.tsx';
import { Section } from '../../parts/section.tsx';
import classes from './checklist.module.css';

type Provisioning = NonNullable<NonNullable<ProvisioningPageQuery['workspace']>['provisioning']>;
type Step = Provisioning['setupChecklist'][number];

/** The steps to a working integration. They tick themselves as Okta acts; the next one stands open. */
export function Checklist({ steps }: { readonly steps: readonly Step[] }) {
  const asked = steps.filter(({ status }) => status !== 'NOT_APPLICABLE');
  const done = asked.filter(({ status }) => status === 'DONE').length;
  const next = steps.find(({ status }) => status === 'TO_DO' || status === 'BLOCKED');
  const [chosen, choose] = useState<string | null>();
  return (
    <Section
      title="Set-up checklist"
      description={
        next === undefined
          ? 'Everything is set up. The steps ticked themselves as Okta acted.'
          : 'The steps tick themselves as Okta acts. You can leave this page open beside Okta.'
      }
      actions={<Tally done={done} all={asked.length} />}
    >
      <Accordion
        variant="separated"
        radius="md"
        value={chosen === undefined ? (next?.key ?? null) : chosen}
        onChange={choose}
        classNames={{ item: classes.item ?? '', control: classes.control ?? '' }}
        order={3}
      >
        {steps.map((step, index) => (
          <StepItem key={step.key} step={step} number={index + 1} isNext={step === next} />
        ))}
      </Accordion>
    </Section>
  );
}

function Tally({ done, all }: { readonly done: number; readonly all: number }) {
  return (
    <Group gap="sm" wrap="nowrap">
      <Text size="sm" c="dimmed" className="tabular" role="status">
        {done} of {all} done
      </Text>
      <Progress value={all === 0 ? 0 : (100 * done) / all} w={90} size="sm" aria-label="Steps done" />
    </Group>
  );
}

const STATUS_WORDS: Readonly<Record<SetupStepStatus, string>> = {
  DONE: 'Done',
  TO_DO: 'To do',
  BLOCKED: 'Not yet',
  NOT_APPLICABLE: 'Not needed',
};

function StepItem({
  step,
  number,
  isNext,
}: {
  readonly step: Step;
  readonly number: number;
  readonly isNext: boolean;
}) {
  const { key, title, status, completedAt, instructions, oktaLocation, remedy } = step;
  return (
    <Accordion.Item value={key} data-next={isNext || undefined}>
      <Accordion.Control icon={<Mark status={status} number={number} />}>
        <Group justify="space-between" gap="xs" wrap="nowrap" pr="sm">
          <Text fw={isNext ? 600 : 500} size="sm" {...(status === 'NOT_APPLICABLE' ? { c: 'dimmed' } : {})}>
            {title}
          </Text>
          <Text size="xs" c="dimmed" className={classes.when ?? ''}>
            {completedAt === null ? (
              isNext && status === 'TO_DO' ? (
                'Next'
              ) : (
                STATUS_WORDS[status]
              )
            ) : (
              <>
                Done <RelativeTime at={completedAt} />
              </>
            )}
          </Text>
        </Group>
      </Accordion.Control>
      <Accordion.Panel>
        {oktaLocation !== null && (
          <Where>
            In Okta: <strong>{oktaLocation}</strong>
          </Where>
        )}
        {remedy !== null && (
          <div className={classes.remedy}>
            <RemedyText remedy={remedy} />
          </div>
        )}
        <Markdown>{instructions}</Markdown>
      </Accordion.Panel>
    </Accordion.Item>
  );
}

function Where({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed" mb={4}>
      {children}
    </Text>
  );
}

function Mark({ status, number }: { readonly status: SetupStepStatus; readonly number: number }) {
  if (status === 'DONE')
    return (
      <ThemeIcon size={24} radius="xl" aria-hidden>
        <IconCheck size={15} stroke={2.4} />
      </ThemeIcon>
    );
  return (
    <ThemeIcon size={24} radius="xl" variant={status === 'TO_DO' ? 'outline' : 'default'} aria-hidden>
      {status === 'BLOCKED' && <IconLock size={13} />}
      {status === 'NOT_APPLICABLE' && <IconMinus size={14} />}
      {status === 'TO_DO' && <span className={classes.number}>{number}</span>}
    </ThemeIcon>
  );
}
