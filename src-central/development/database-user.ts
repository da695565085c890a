import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Who runs the database server: ourselves, or an unprivileged user because we are root. */
export type DatabaseUser =
  | { readonly kind: 'self' }
  | { readonly kind: 'unprivileged'; readonly uid: number; readonly gid: number };

/**
 * The user under which PostgreSQL runs. PostgreSQL refuses to run as root, so for root this is the
 * user `postgres` if the machine has one, otherwise `nobody`, which every Unix has: no user is
 * ever created.
 */
export function chooseDatabaseUser(): DatabaseUser {
  if (userInfo().uid !== 0) return { kind: 'self' };
  const users = readUsers();
  const user = users.get('postgres') ?? users.get('nobody');
  if (user === undefined) {
    throw new Error('PostgreSQL does not run as root, and this machine has no user "nobody".');
  }
  return { kind: 'unprivileged', ...user };
}

/** The options that make a child process run as `user`. */
export function spawnOptionsFor(user: DatabaseUser): { uid?: number; gid?: number; cwd: string } {
  return user.kind === 'self' ? { cwd: '/' } : { uid: user.uid, gid: user.gid, cwd: '/' };
}

/**
 * Whether `user` can pass through `folder` to what is in it.
 *
 * Asked of the system by trying, as that user: modes, groups and access lists all count.
 */
export function canReach(user: DatabaseUser, folder: string): boolean {
  const attempt = spawnSync('test', ['-x', folder], spawnOptionsFor(user));
  return attempt.status === 0;
}

function readUsers(): Map<string, { uid: number; gid: number }> {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  return new Map(
    lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':');
      return [name, { uid: Number(uid), gid: Number(gid) }];
    }),
  );
}
