import type { PackageTile, Selling } from '#shared/contract/terminal/snapshot.ts';

/** The package that "sales left" counts: the one sold last, which changes from sale to sale. */
export function countedPackage({ packages, salesLeftOf }: Selling): PackageTile | undefined {
  return packages.find(({ packageId }) => packageId === salesLeftOf);
}
