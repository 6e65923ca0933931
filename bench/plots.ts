import { rowsOf } from './plays.ts';
import { middle, number, type BenchRun } from './report.ts';
import { TITLES } from './servers.ts';
import { barChart } from './svg.ts';

/** How many times as many operations a second Rollcall does as each of the others, as SVG; what is done one at a time is beside. */
export function ratioChart(run: BenchRun, concurrency: number): string {
  const [, ...others] = run.servers;
  const plays = rowsOf(run.amounts.concurrency).filter(
    (play) => play.scenario.once || play.concurrency === concurrency,
  );
  const ours = plays.map((play) => middle(run, run.servers[0]!, play, 'perSecond')!);
  return barChart({
    title: 'Operations a second, Rollcall ÷ the other',
    subtitle: `${number(run.amounts.users)} users, ${concurrency} requests at once; to the right of 1×, Rollcall does more`,
    labels: plays.map(({ scenario }) => scenario.title.replace(/ \(.*$/u, '')),
    series: others.map((server) => {
      const values = plays.map((play, row) => {
        const theirs = middle(run, server, play, 'perSecond');
        return theirs === undefined ? undefined : ours[row]! / theirs;
      });
      return { name: TITLES[server], values };
    }),
  });
}
