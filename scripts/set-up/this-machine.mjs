/**
 * What npm goes by when it picks packages built for one platform.
 *
 * @returns {import('./compare-packages.mjs').Machine}
 */
export function thisMachine() {
  return { os: process.platform, cpu: process.arch, libc: libcFamily() };
}

/** @returns {string | undefined} */
function libcFamily() {
  if (process.platform !== 'linux') return undefined;
  // The report would otherwise look up host names, which takes seconds on a network without names.
  Object.assign(process.report, { excludeNetwork: true });
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (
    process.report.getReport()
  );
  return header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
