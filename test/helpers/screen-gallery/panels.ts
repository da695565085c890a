import type { Panel } from './open-gallery.ts';

/** A 10-inch tablet, lying and standing. */
export const LANDSCAPE: Panel = { name: 'landscape', width: 1280, height: 800 };
export const PORTRAIT: Panel = { name: 'portrait', width: 800, height: 1280 };

/** The other panels that the selling screen must suit. */
export const SELLING_PANELS: readonly Panel[] = [
  LANDSCAPE,
  PORTRAIT,
  { name: 'low', width: 1024, height: 600 },
  { name: 'laptop', width: 1280, height: 720 },
  { name: 'square', width: 1024, height: 768 },
  { name: 'large', width: 1920, height: 1080 },
  { name: 'light', width: 1280, height: 800, theme: 'light' },
  { name: 'eight-inch', width: 1280, height: 800, targets: 'eight-inch' },
  { name: 'eight-inch-portrait', width: 800, height: 1280, targets: 'eight-inch' },
];
