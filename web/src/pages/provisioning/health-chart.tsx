import { Group, Text } from '@mantine/core';
import type { ProvisioningHealthQuery } from '../../gql/graphql.ts';
import { counted } from '../../parts/words.ts';
import classes from './health.module.css';

type Health = NonNullable<NonNullable<ProvisioningHealthQuery['workspace']>['provisioning']>['health'];
type Bucket = Health['buckets'][number];

/** How calls end, lowest in the bar first. */
const ENDINGS = [
  { key: 'succeeded', label: 'Succeeded' },
  { key: 'refused', label: 'Refused' },
  { key: 'throttled', label: 'Slowed down' },
  { key: 'failed', label: 'Failed' },
] as const;

const WIDTH = 720;
const HEIGHT = 150;

/** Calls over time, a bar for each slice, stacked by how they ended. The table below it says the same in numbers. */
export function HealthChart({ buckets, label }: { readonly buckets: readonly Bucket[]; readonly label: string }) {
  const highest = Math.max(1, ...buckets.map(callsIn));
  const step = WIDTH / Math.max(1, buckets.length);
  return (
    <figure className={classes.figure}>
      <div className={classes.plot}>
        <Text size="xs" c="dimmed" className={`${classes.top} tabular`} aria-hidden>
          {counted(highest, 'call')}
        </Text>
        <svg
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          className={classes.chart}
          role="img"
          aria-label={label}
          preserveAspectRatio="none"
        >
          {[0.5, 1].map((share) => (
            <line
              key={share}
              x1={0}
              x2={WIDTH}
              y1={HEIGHT * (1 - share) + 0.5}
              y2={HEIGHT * (1 - share) + 0.5}
              className={classes.grid}
            />
          ))}
          {buckets.map((bucket, index) => (
            <Bar key={bucket.start} bucket={bucket} x={index * step} width={step} scale={HEIGHT / highest} />
          ))}
          <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} className={classes.axis} />
        </svg>
      </div>
      <Group justify="space-between" mt={4} aria-hidden>
        {[buckets[0], buckets[Math.floor(buckets.length / 2)], buckets.at(-1)].map((bucket, index) => (
          <Text key={String(index)} size="xs" c="dimmed" className="tabular">
            {bucket === undefined ? '' : tick(bucket.start, buckets)}
          </Text>
        ))}
      </Group>
      <Group component="figcaption" gap="lg" mt="sm">
        {ENDINGS.map(({ key, label }) => (
          <Group key={key} gap={6}>
            <span className={classes.swatch} data-ending={key} aria-hidden />
            <Text size="xs" c="dimmed">
              {label}
            </Text>
          </Group>
        ))}
      </Group>
    </figure>
  );
}

interface BarProps {
  readonly bucket: Bucket;
  readonly x: number;
  readonly width: number;
  readonly scale: number;
}

function Bar({ bucket, x, width, scale }: BarProps) {
  let top = HEIGHT;
  return (
    <g>
      <title>{sentence(bucket)}</title>
      {ENDINGS.map(({ key }) => {
        const height = bucket[key] * scale;
        top -= height;
        return height === 0 ? null : (
          <rect
            key={key}
            data-ending={key}
            className={classes.bar}
            x={x + width * 0.14}
            width={width * 0.72}
            y={top}
            height={height}
          />
        );
      })}
    </g>
  );
}

/** The slices that had calls, as a table: the same for those who do not see the chart. */
export function HealthTable({ buckets }: { readonly buckets: readonly Bucket[] }) {
  const busy = buckets.filter((bucket) => callsIn(bucket) > 0);
  return (
    <div className={classes.scroller} tabIndex={0} role="region" aria-label="Calls over time, in numbers">
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">From</th>
            {ENDINGS.map(({ key, label }) => (
              <th key={key} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular">
          {busy.map((bucket) => (
            <tr key={bucket.start}>
              <th scope="row">{FULL.format(new Date(bucket.start))}</th>
              {ENDINGS.map(({ key }) => (
                <td key={key}>{bucket[key]}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const FULL = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const TIME = new Intl.DateTimeFormat('en', { timeStyle: 'short' });
const DATE = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });

/** All calls of a slice. */
export function callsIn({ succeeded, refused, throttled, failed }: Bucket): number {
  return succeeded + refused + throttled + failed;
}

function sentence(bucket: Bucket): string {
  const parts = ENDINGS.filter(({ key }) => bucket[key] > 0).map(
    ({ key, label }) => `${bucket[key]} ${label.toLowerCase()}`,
  );
  return `${FULL.format(new Date(bucket.start))}: ${parts.length === 0 ? counted(0, 'call') : parts.join(', ')}`;
}

/** Times of day within about a day, dates beyond. */
function tick(start: string, buckets: readonly Bucket[]): string {
  const span = Date.parse(buckets.at(-1)!.start) - Date.parse(buckets[0]!.start);
  return (span > 36 * 3_600_000 ? DATE : TIME).format(new Date(start));
}
