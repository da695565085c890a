import { isForBrowser } from './browser-keys.ts';

/** Takes the browser's own keys from it, in every part of the page. */
export function keepKeysPlain(page: Document): void {
  page.addEventListener(
    'keydown',
    (event) => {
      const isControlOrCommandDown = event.ctrlKey || event.metaKey;
      const isInField = event.target instanceof HTMLInputElement;
      const { key, altKey: isAltDown } = event;
      if (isForBrowser({ key, isControlOrCommandDown, isAltDown, isInField })) {
        event.preventDefault();
      }
    },
    { capture: true },
  );
}
