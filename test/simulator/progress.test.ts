import { describe, expect, it } from 'vitest';
import { progressBar, progressLine } from '../../src/simulator/progress.ts';

function stream(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe('progressBar', () => {
  it('stays silent where there is no terminal', () => {
    const file = stream(false);
    const bar = progressBar(file);
    bar.update(1, 2, 'provision');
    bar.end();
    expect(file.written).toEqual([]);
  });

  it('redraws one line at most ten times a second, and always the last time', () => {
    const terminal = stream(true);
    let time = 0;
    const bar = progressBar(terminal, () => time);
    for (time = 0; time < 1000; time++) bar.update(time, 1000, 'provision');
    bar.update(1000, 1000, 'provision');
    expect(terminal.written).toHaveLength(11);
    expect(terminal.written.every((text) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
    expect(terminal.written.at(-1)).toContain('1000/1000');
  });

  it('never writes past the edge of a narrow terminal', () => {
    const terminal = stream(true, 20);
    progressBar(terminal).update(1, 2, 'provision');
    expect(terminal.written[0]?.replace('\r\u001B[K', '')).toHaveLength(19);
  });

  it('shows label, count, rate and remaining time', () => {
    const line = progressLine({ label: 'update', done: 300, total: 1200, elapsed: 1000 });
    expect(line).toBe(`update     ${'█'.repeat(6)}${'░'.repeat(18)} 300/1200  300/s  ETA 0:03`);
  });
});
