/**
 * @typedef {{
 *   readonly version?: string,
 *   readonly integrity?: string,
 *   readonly optional?: boolean,
 *   readonly devOptional?: boolean,
 *   readonly peer?: boolean,
 *   readonly os?: string | readonly string[],
 *   readonly cpu?: string | readonly string[],
 *   readonly libc?: string | readonly string[],
 * }} LockedPackage
 * @typedef {{ readonly packages: Readonly<Record<string, LockedPackage>> }} LockFile
 * @typedef {{ readonly os: string, readonly cpu: string, readonly libc: string | undefined }} Machine
 */

/**
 * Why the installed packages are not those of the lock file, or undefined when they are.
 *
 * `installed` is npm's own list, which it writes as the last step of an installation. An optional
 * package counts as missing when it is meant for this machine: npm leaves one out without a word
 * when its download fails.
 *
 * @param {{
 *   lock: LockFile,
 *   installed: LockFile | undefined,
 *   machine: Machine,
 *   isPresent: (packagePath: string) => boolean,
 * }} facts
 * @returns {string | undefined}
 */
export function whyPackagesDiffer({ lock, installed, machine, isPresent }) {
  if (installed === undefined) return 'nothing is installed yet';
  for (const [path, locked] of Object.entries(lock.packages)) {
    if (path === '') continue;
    const found = installed.packages[path];
    if (found === undefined) {
      if (isNeeded(locked, machine)) return `${nameOf(path)} is missing`;
    } else if (found.version !== locked.version || found.integrity !== locked.integrity) {
      return `${nameOf(path)} is not the version of the lock file`;
    } else if (!isPresent(path)) {
      return `${nameOf(path)} is not whole`;
    }
  }
  const extra = Object.keys(installed.packages).find((path) => lock.packages[path] === undefined);
  return extra === undefined ? undefined : `${nameOf(extra)} is not in the lock file`;
}

/**
 * @param {LockedPackage} locked
 * @param {Machine} machine
 */
function isNeeded({ optional, devOptional, os, cpu, libc }, machine) {
  if (!optional && !devOptional) return true;
  if (os === undefined && cpu === undefined) return false;
  return fits(os, machine.os) && fits(cpu, machine.cpu) && fits(libc, machine.libc);
}

/**
 * @param {string | readonly string[] | undefined} wanted
 * @param {string | undefined} actual
 */
function fits(wanted, actual) {
  if (wanted === undefined) return true;
  const list = typeof wanted === 'string' ? [wanted] : wanted;
  if (list.some((value) => value === `!${actual}`)) return false;
  return list.some((value) => value === actual || value.startsWith('!'));
}

/** @param {string} path */
function nameOf(path) {
  return path.replace(/^.*node_modules\//, '');
}
