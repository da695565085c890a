/** What the choice of a host depends on. */
export interface HostFacts {
  /** The host that was asked for by name. */
  readonly wanted: 'electron' | 'browser' | undefined;
  readonly hasDisplay: boolean;
  /** The Electron program file, or why there is none. */
  readonly electron: { readonly binary: string } | { readonly missing: string };
}

/** The host that shows the till, with the reason in words. */
export type HostChoice =
  | { readonly kind: 'electron'; readonly binary: string; readonly because: string }
  | { readonly kind: 'browser'; readonly because: string }
  | { readonly kind: 'refused'; readonly because: string };

/**
 * Electron where it can run, else a browser. Refuses only an Electron that was asked for by name and
 * cannot run here.
 */
export function chooseHost({ wanted, hasDisplay, electron }: HostFacts): HostChoice {
  if (wanted === 'browser') return { kind: 'browser', because: 'it was asked for' };
  const obstacle = obstacleToElectron(hasDisplay, electron);
  if ('binary' in obstacle) {
    const because = wanted === 'electron' ? 'it was asked for' : 'its program file is here';
    return { kind: 'electron', binary: obstacle.binary, because };
  }
  return wanted === 'electron'
    ? { kind: 'refused', because: `Electron cannot run here: ${obstacle.missing}` }
    : { kind: 'browser', because: `Electron cannot run: ${obstacle.missing}` };
}

function obstacleToElectron(
  hasDisplay: boolean,
  electron: HostFacts['electron'],
): HostFacts['electron'] {
  return hasDisplay ? electron : { missing: 'there is no display' };
}
