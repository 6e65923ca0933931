/** Why the directory makes a call about groups. */
export type GroupCallKind =
  | 'look up group'
  | 'create group'
  | 'read group'
  | 'rename group'
  | 'push members'
  | 'push now'
  | 'delete group'
  | 'import groups';
