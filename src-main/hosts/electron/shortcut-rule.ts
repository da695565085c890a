import type { WebContents } from 'electron';

/** A key press, as far as the rule looks at it. */
export interface KeyPress {
  /** The key as the page would see it, for example `r` or `F12`. */
  readonly key: string;
  readonly isControlOrCommandDown: boolean;
  readonly isAltDown: boolean;
}

/** Reload, developer tools, full screen, caret browsing and search. */
const BLOCKED_ALONE = new Set(['f3', 'f5', 'f7', 'f11', 'f12', 'browserback', 'browserforward']);

/** What editing a text field needs. Everything else with Control is a function of the browser. */
const ALLOWED_WITH_CONTROL = new Set(['a', 'c', 'v', 'x', 'z', 'y']);

const EDITING_KEYS =
  /^(arrow(left|right|up|down)|backspace|delete|home|end|control|meta|shift|alt)$/;

/**
 * Whether a key press reaches the page.
 *
 * A till must have no function that its documentation does not name, so the browser's own shortcuts
 * do nothing (GLI-31 3.2.4 b).
 */
export function mayPress({ key, isControlOrCommandDown, isAltDown }: KeyPress): boolean {
  const name = key.toLowerCase();
  if (BLOCKED_ALONE.has(name)) return false;
  if (isControlOrCommandDown) return ALLOWED_WITH_CONTROL.has(name) || EDITING_KEYS.test(name);
  return !(isAltDown && (name === 'arrowleft' || name === 'arrowright' || name === 'home'));
}

/** Applies `mayPress` to one page. */
export function guardShortcuts(webContents: WebContents): void {
  webContents.on('before-input-event', (event, input) => {
    const isControlOrCommandDown = input.control || input.meta;
    const press = { key: input.key, isControlOrCommandDown, isAltDown: input.alt };
    if (!mayPress(press)) event.preventDefault();
  });
}
