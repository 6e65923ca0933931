import { describe, expect, it } from 'vitest';
import { formatReport } from '../../src/simulator/report-text.ts';
import { CallLog, percentile, type SimulationReport } from '../../src/simulator/report.ts';

const REPORT: SimulationReport = {
  baseUrl: 'http://127.0.0.1:1/scim',
  provider: 'Okta',
  dialect: 'put',
  people: 1,
  groups: 0,
  milliseconds: 1234,
  ok: true,
  steps: [{ step: 'test', done: 1, total: 1, milliseconds: 1 }],
  calls: [],
  problems: [],
  acknowledgedCreates: [],
  importedUserNames: [],
};

describe('CallLog', () => {
  it('counts calls by kind, method and status, with percentiles by nearest rank', () => {
    const log = new CallLog();
    for (let time = 100; time >= 1; time--) {
      log.record({ kind: 'create', method: 'POST', status: time === 7 ? 'no answer' : 201, milliseconds: time });
    }
    log.record({ kind: 'read', method: 'GET', status: 200, milliseconds: 5 });
    expect(log.tallies()).toEqual([
      {
        kind: 'create',
        method: 'POST',
        count: 100,
        statuses: { 201: 99, 'no answer': 1 },
        p50: 50,
        p95: 95,
        p99: 99,
        max: 100,
      },
      { kind: 'read', method: 'GET', count: 1, statuses: { 200: 1 }, p50: 5, p95: 5, p99: 5, max: 5 },
    ]);
  });

  it('has percentile 0 of nothing', () => {
    expect(percentile([], 50)).toBe(0);
  });
});

describe('formatReport', () => {
  it('prints an aligned table and a green verdict', () => {
    const calls = [
      { kind: 'look up', method: 'GET', count: 12, statuses: { 200: 12 }, p50: 1, p95: 2, p99: 3, max: 1234.56 },
      { kind: 'create', method: 'POST', count: 3, statuses: { 201: 2, 409: 1 }, p50: 1, p95: 2, p99: 3, max: 4 },
    ] as const;
    expect(formatReport({ ...REPORT, calls })).toBe(
      [
        'Okta (PUT) against http://127.0.0.1:1/scim: 1 person in 1.2 s',
        '',
        '  call     method  count     p50     p95     p99        max  answers',
        '  look up  GET        12  1.0 ms  2.0 ms  3.0 ms  1234.6 ms  200 × 12',
        '  create   POST        3  1.0 ms  2.0 ms  3.0 ms     4.0 ms  201 × 2, 409 × 1',
        '',
        'Green: test; nothing that Okta would show its admin in red.',
        '',
      ].join('\n'),
    );
  });

  it('counts the groups where there are any', () => {
    expect(formatReport({ ...REPORT, groups: 5 })).toContain(': 1 person and 5 groups in 1.2 s\n');
  });

  it('lists the first twenty problems and counts the rest', () => {
    const problems = Array.from({ length: 23 }, (_, index) => ({
      step: 'update' as const,
      message: `problem ${index}`,
    }));
    const text = formatReport({ ...REPORT, ok: false, stopped: 'Stopped.', problems });
    expect(text).toContain('Red: 23 problems, and the run ended early\n  ✗ problem 0\n');
    expect(text).toContain('  ✗ problem 19\n  … and 3 more\n');
  });
});
