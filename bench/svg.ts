/** A named row of numbers; undefined where there is none. */
export interface Series {
  readonly name: string;
  readonly values: readonly (number | undefined)[];
}

/** What a chart shows: a number of each series at each label. */
export interface Chart {
  readonly title: string;
  readonly subtitle: string;
  readonly labels: readonly string[];
  readonly series: readonly Series[];
}

const WIDTH = 900;
const TOP = 84;
const [LEFT, RIGHT] = [270, 70];
const BAR = 13;
// Readable on white and on black alike; the text takes the colour of its surroundings.
const COLOURS = ['#3b82f6', '#0ea5a4', '#d97706', '#c2410c', '#8b5cf6', '#65a30d'];
const STYLE = `text{font:12px system-ui,sans-serif;fill:#24292f}.quiet{fill:#656d76}.title{font-size:16px;font-weight:600}
line{stroke:#8c959f;stroke-opacity:.35}.one{stroke-opacity:1}polyline{fill:none;stroke-width:2}
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.quiet{fill:#9198a1}}`;

/** Bars that start at 1 on a logarithmic axis: to the right where the number is greater, to the left where it is less. */
export function barChart({ title, subtitle, labels, series }: Chart): string {
  const all = series.flatMap(({ values }) => values.filter((value) => value !== undefined));
  const span = { from: Math.min(0.5, ...all) / 1.4, to: Math.max(2, ...all) * 1.1 };
  const x = (value: number) => LEFT + logShare(value, span) * (WIDTH - LEFT - RIGHT);
  const group = series.length * BAR + 14;
  const bottom = TOP + labels.length * group;
  const bars = labels.flatMap((label, row) => {
    const y = TOP + row * group;
    const lines = series.map(({ values }, place) =>
      bar(values[row], { x, y: y + place * BAR, colour: colourOf(place) }),
    );
    return [words(label, { x: LEFT - 12, y: y + (series.length * BAR) / 2 + 4, anchor: 'end' }), ...lines];
  });
  const ticks = powersOfTwo(span).flatMap((value) => [
    `<line${value === 1 ? ' class="one"' : ''} x1="${x(value)}" x2="${x(value)}" y1="${TOP - 6}" y2="${bottom}"/>`,
    words(`${value}×`, { x: x(value), y: bottom + 16, anchor: 'middle', kind: 'quiet' }),
  ]);
  return drawing({ title, subtitle, series, height: bottom + 30, parts: [...ticks, ...bars] });
}

/** Lines over the labels, which are evenly spaced, from zero up; the last number of each stands beside it. */
export function lineChart({ title, subtitle, labels, series }: Chart): string {
  const most = Math.max(1, ...series.flatMap(({ values }) => values.filter((value) => value !== undefined))) * 1.1;
  const bottom = TOP + 300;
  const x = (place: number) => 90 + (place / Math.max(1, labels.length - 1)) * (WIDTH - 90 - RIGHT);
  const y = (value: number) => bottom - (value / most) * (bottom - TOP);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="90" x2="${WIDTH - RIGHT}" y1="${y(share * most)}" y2="${y(share * most)}"/>`,
    words(rounded(share * most), { x: 80, y: y(share * most) + 4, anchor: 'end', kind: 'quiet' }),
  ]);
  const names = labels.map((label, place) => words(label, { x: x(place), y: bottom + 20, anchor: 'middle' }));
  const lines = series.flatMap(({ values }, row) => {
    const seen = values.flatMap((value, place) => (value === undefined ? [] : [{ value, place }]));
    const points = seen.map(({ value, place }) => `${x(place)},${y(value)}`).join(' ');
    const last = seen.at(-1);
    const end = last
      ? [words(rounded(last.value), { x: x(last.place) + 8, y: y(last.value) + 4, anchor: 'start' })]
      : [];
    return [`<polyline stroke="${colourOf(row)}" points="${points}"/>`, ...end];
  });
  return drawing({ title, subtitle, series, height: bottom + 34, parts: [...ticks, ...names, ...lines] });
}

function bar(value: number | undefined, { x, y, colour }: { x: (value: number) => number; y: number; colour: string }) {
  if (value === undefined) return words('–', { x: x(1) + 6, y: y + BAR - 3, anchor: 'start', kind: 'quiet' });
  const [from, to] = [Math.min(x(1), x(value)), Math.max(x(1), x(value))];
  const beside = value < 1 ? { x: from - 5, anchor: 'end' as const } : { x: to + 5, anchor: 'start' as const };
  const shape = `<rect x="${from}" y="${y + 1}" width="${Math.max(1, to - from)}" height="${BAR - 2}" fill="${colour}"/>`;
  return shape + words(rounded(value), { ...beside, y: y + BAR - 3 });
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly kind?: 'quiet' | 'title';
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function words(text: string, { x, y, anchor, kind }: Place): string {
  const plain = text.replaceAll('`', '').replace(/[&<>]/gu, (sign) => ENTITIES[sign]!);
  return `<text${kind ? ` class="${kind}"` : ''} x="${x}" y="${y}" text-anchor="${anchor}">${plain}</text>`;
}

interface Drawing extends Omit<Chart, 'labels'> {
  readonly height: number;
  readonly parts: readonly string[];
}

function drawing({ title, subtitle, series, height, parts }: Drawing): string {
  const step = (WIDTH - 32) / series.length;
  const legend = series.map(({ name }, place) => {
    const x = 16 + place * step;
    const box = `<rect x="${x}" y="54" width="10" height="10" fill="${colourOf(place)}"/>`;
    return box + words(name, { x: x + 15, y: 63, anchor: 'start' });
  });
  const head = [words(title, { x: 16, y: 24, anchor: 'start', kind: 'title' }), words(subtitle, { x: 16, y: 43, anchor: 'start', kind: 'quiet' })]; // prettier-ignore
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img"><style>${STYLE}</style>`;
  const text = [open, ...head, ...legend, ...parts, '</svg>'].join('\n');
  // Places need no more than a tenth of a point; texts stand after `>` and are left as they are.
  return `${text.replace(/(?<=[" ,])\d+\.\d{2,}(?=[" ,])/gu, (digits) => Number(digits).toFixed(1))}\n`;
}

const colourOf = (place: number) => COLOURS[place % COLOURS.length]!;
const rounded = (value: number) =>
  value >= 10 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 1 ? 2 : 1);

interface Span {
  readonly from: number;
  readonly to: number;
}

const logShare = (value: number, { from, to }: Span) => Math.log(value / from) / Math.log(to / from);

function powersOfTwo({ from, to }: Span): number[] {
  const all = Array.from({ length: 25 }, (_, index) => 2 ** (index - 8));
  return all.filter((value) => value >= from && value <= to);
}
