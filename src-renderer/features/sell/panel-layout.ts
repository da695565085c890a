/** How the selling screen is divided on one panel. */
export interface PanelLayout {
  readonly orientation: 'landscape' | 'portrait';
  /** Lines of the cart that fit without scrolling. */
  readonly cartRows: 1 | 2 | 3;
}

/** From these heights on, in CSS pixels, a landscape panel has room for three and for two lines. */
const HEIGHT_FOR_THREE_LINES = 800;
const HEIGHT_FOR_TWO_LINES = 704;

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
  return { orientation: 'landscape', cartRows: hasLargeTargets ? 1 : landscapeRows(height) };
}

function landscapeRows(height: number): PanelLayout['cartRows'] {
  if (height >= HEIGHT_FOR_THREE_LINES) return 3;
  return height >= HEIGHT_FOR_TWO_LINES ? 2 : 1;
}

/** Columns of package tiles: two by two up to 4, then three; a portrait panel has two up to 6. */
export function tileColumns(count: number, orientation: PanelLayout['orientation']): 2 | 3 {
  if (count <= 4) return 2;
  return orientation === 'portrait' && count <= 6 ? 2 : 3;
}
