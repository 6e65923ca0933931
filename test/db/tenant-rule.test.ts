import { describe, expect, it } from 'vitest';
import { EXCEPTIONS, strayStatements } from '../support/tenant-rule.ts';

describe('D4: the rule that every statement on a table of workspaces names one', () => {
  it('finds statements that do not', () => {
    const stray = [
      'select * from users where id = ?',
      'update teams set name = ? where id = ?',
      'delete from memberships where team_id = ?',
      "insert into users (id, workspace_id) select id, 'x' from users",
      'with old as (select id from sessions) delete from access_tokens where id in (select id from old)',
    ];
    expect(strayStatements(stray)).toEqual(stray);
  });

  it('takes those that do, and tables that belong to nobody', () => {
    expect(
      strayStatements([
        'select * from users where workspace_id = ? and id = ?',
        'select 1 from users where users.workspace_id = $1',
        'insert into users (workspace_id, id) values (?, ?)',
        'select id from workspaces where slug = ?',
        'create index users_x on users (id)',
        'begin immediate',
      ]),
    ).toEqual([]);
  });

  it('has at most five exceptions', () => {
    expect(EXCEPTIONS).toBeLessThanOrEqual(5);
  });
});
