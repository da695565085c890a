/** A key press, as far as the rule looks at it. */
export interface KeyPress {
  /** As the page sees it, for example `r` or `F12`. */
  readonly key: string;
  readonly isControlOrCommandDown: boolean;
  readonly isAltDown: boolean;
  /** Whether it goes into a field, where text is edited. */
  readonly isInField: boolean;
}

/** Search, reload, caret browsing, full screen, developer tools, and the keys of a browser keyboard. */
const KEYS_OF_THE_BROWSER = /^(f([1-9]|1[0-2])|browser.+|contextmenu)$/;

/** Enlarging the page stays possible: somebody may not be able to read it otherwise. */
const ENLARGING_KEYS = new Set(['+', '-', '=', '0']);

const EDITING_KEYS = /^([acvxyz]|arrow(left|right|up|down)|backspace|delete|home|end)$/;

/**
 * Whether a key press is for the browser around the till, and not for the till: to reload, print, save,
 * search, go back, open a window or look behind the page (GLI-31 3.2.4b: no function that the
 * documentation does not name).
 *
 * A browser keeps some keys to itself in an ordinary window, such as closing it. In its application
 * window, as the till opens it, these are fewer; a kiosk's policy has to take the rest.
 */
export function isForBrowser(press: KeyPress): boolean {
  const name = press.key.toLowerCase();
  if (KEYS_OF_THE_BROWSER.test(name)) return true;
  if (press.isControlOrCommandDown) {
    if (ENLARGING_KEYS.has(name)) return false;
    return !(press.isInField && EDITING_KEYS.test(name));
  }
  return press.isAltDown && /^(arrow(left|right)|home)$/.test(name);
}
