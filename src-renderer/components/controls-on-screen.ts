import { type ControlName, isControlName } from '../text/controls.ts';

/** The controls that a page shows now, each once, in reading order. */
export function controlsOnScreen(page: ParentNode): readonly ControlName[] {
  const names = [...page.querySelectorAll<HTMLElement>('[data-control]')].map(
    (element) => element.dataset['control'],
  );
  return [...new Set(names)].filter(isControlName);
}
