/** How the selling screen is divided on one panel. */
export interface PanelLayout {
  readonly orientation: 'landscape' | 'portrait';
  /** Lines of the cart that fit without scrolling. */
  readonly cartRows: 1 | 2 | 3;
}

/** Below this height, in CSS pixels, a landscape panel has room for one line of the cart. */
const LOW_PANEL_HEIGHT = 700;

/**
 * The division of a panel of `width` by `height` CSS pixels.
 *
 * Targets never shrink; what gives way is the number of cart lines. Large targets, for small panels,
 * leave room for one.
 */
export function panelLayout(
  width: number,
  height: number,
  panel: 'ten-inch' | 'eight-inch',
): PanelLayout {
  const hasLargeTargets = panel === 'eight-inch';
  if (width < height) return { orientation: 'portrait', cartRows: hasLargeTargets ? 1 : 2 };
  const isLow = height < LOW_PANEL_HEIGHT || hasLargeTargets;
  return { orientation: 'landscape', cartRows: isLow ? 1 : 3 };
}

/** Columns of package tiles: two by two up to 4, then three; a portrait panel has two up to 6. */
export function tileColumns(count: number, orientation: PanelLayout['orientation']): 2 | 3 {
  if (count <= 4) return 2;
  return orientation === 'portrait' && count <= 6 ? 2 : 3;
}
