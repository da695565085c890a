import type { MeasuredControl } from './measured-control.ts';

/** How far content may stick out: large figures are higher than their line. */
const TOLERATED_DOWN_REM = 1;
const TOLERATED_ACROSS_PX = 2;

/** Every control of the page. */
export function measureControls(): readonly MeasuredControl[] {
  const elements = document.querySelectorAll<HTMLElement>('button, input, a, [role="button"]');
  return [...elements].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return {
      control: element.getAttribute('data-control'),
      label: labelOf(element).trim(),
      isTouchTarget: element.classList.contains('button-touch'),
      box: { x, y, width, height },
    };
  });
}

/** The parts of the page that do not hold their content, by class name: they scroll or cut it off. */
export function findOverflow(): readonly string[] {
  const elements = document.querySelectorAll<HTMLElement>('body, main, main *:not(svg, svg *)');
  return [...elements].filter(overflows).map(({ tagName, className }) => `${tagName}.${className}`);
}

function labelOf(element: HTMLElement): string {
  if (!(element instanceof HTMLInputElement)) return element.textContent;
  return [...(element.labels ?? [])].map(({ textContent }) => textContent).join(' ');
}

function overflows(element: HTMLElement): boolean {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth, classList } = element;
  if (clientHeight === 0 || classList.contains('visually-hidden')) return false;
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return (
    scrollHeight > clientHeight + TOLERATED_DOWN_REM * rem ||
    scrollWidth > clientWidth + TOLERATED_ACROSS_PX
  );
}
