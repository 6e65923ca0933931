/** What a progress bar needs of a stream: `process.stderr` and every other WriteStream has it. */
export interface ProgressStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

/** A bar on one line; hand `update` to `simulateOkta` as `onProgress`, and call `end` before printing anything else. */
export interface ProgressBar {
  readonly update: (done: number, total: number, label: string) => void;
  readonly end: () => void;
}

const WIDTH = 24;
const REDRAW_MILLISECONDS = 100;
const CLEAR = '\r\u001B[K';

/** Draws a bar with label, count, rate and remaining time on a terminal; on anything else it stays silent. */
export function progressBar(stream: ProgressStream, now: () => number = () => performance.now()): ProgressBar {
  if (!stream.isTTY) return { update: () => undefined, end: () => undefined };
  let label = '';
  let started = 0;
  let drawn = -Infinity;
  const update: ProgressBar['update'] = (done, total, current) => {
    const time = now();
    if (current !== label) [label, started, drawn] = [current, time, -Infinity];
    if (done < total && time - drawn < REDRAW_MILLISECONDS) return;
    drawn = time;
    stream.write(
      CLEAR + progressLine({ label, done, total, elapsed: time - started }).slice(0, (stream.columns ?? 80) - 1),
    );
  };
  return { update, end: () => void stream.write(CLEAR) };
}

/** A moment of a step, for drawing. */
export interface ProgressMoment {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  readonly elapsed: number;
}

/** The bar's text: `provision  ████░░ 20/40  310/s  ETA 0:12`; rate and ETA once something is done. */
export function progressLine({ label, done, total, elapsed }: ProgressMoment): string {
  const filled = total === 0 ? WIDTH : Math.floor((WIDTH * Math.min(done, total)) / total);
  const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
  const line = `${label.padEnd(10)} ${bar} ${done}/${total}`;
  if (done === 0 || elapsed <= 0) return line;
  const rate = (done * 1000) / elapsed;
  return `${line}  ${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s  ETA ${clock(Math.max(0, total - done) / rate)}`;
}

function clock(seconds: number): string {
  const whole = Math.ceil(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
