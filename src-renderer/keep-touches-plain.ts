/**
 * A finger only taps here: no context menu, nothing to drag (GLI-31 3.2.4b: no undocumented function
 * is reachable through a touch point).
 */
export function keepTouchesPlain(page: Document): void {
  for (const kind of ['contextmenu', 'dragstart', 'dragover', 'drop'] as const) {
    page.addEventListener(kind, (event) => event.preventDefault());
  }
}
