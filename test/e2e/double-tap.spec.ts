import { salesInJournal } from './fixtures/sales.ts';
import { openScreenFrames } from './fixtures/screen-frames.ts';
import { expect, test } from './fixtures/terminal-test.ts';

test('two fast taps on EXACT sell once', async ({ sellingTill, sell }) => {
  await sell.tile('$5 3 numbers').click();
  await sell.exact().dblclick();
  await sell.sold().waitFor();
  await sell.waitForTicket();
  expect(await salesInJournal(sellingTill)).toHaveLength(1);
});

test('the same checkout completed twice at the same time sells once', async ({ sellingTill }) => {
  const frames = await openScreenFrames(sellingTill);
  const draft = await frames.draftOfOne();
  const [first, second] = await Promise.all([
    frames.request('sale.complete', draft.sale),
    frames.request('sale.complete', draft.sale),
  ]);
  await frames.close();
  expect(first).toEqual({ ok: true, value: expect.objectContaining({ changeMinor: 0 }) });
  expect(withoutProgress(second)).toEqual(withoutProgress(first));
  expect(await salesInJournal(sellingTill)).toHaveLength(1);
});

test('EXACT does nothing for 600 ms after its pane has changed', async ({ sellingTill, sell }) => {
  await sell.tile('$5 3 numbers').click();
  await expect(sell.exact()).toBeEnabled();

  const tile = await sell.tile('$5 3 numbers').elementHandle();
  const deadMs = await sell.exact().evaluate(async (exact: HTMLElement, tapped) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isDead = () => exact.getAttribute('aria-disabled') === 'true';
    const start = performance.now();
    (tapped as HTMLElement).click();
    await nextFrame();
    exact.click();
    while (isDead()) await nextFrame();
    return performance.now() - start;
  }, tile);

  expect(deadMs).toBeGreaterThanOrEqual(600);
  expect(await salesInJournal(sellingTill)).toEqual([]);
  await sell.exact().click();
  await sell.sold().waitFor();
});

/** How far the tickets have got may differ between two answers about one sale. */
function withoutProgress(outcome: unknown): unknown {
  const { value } = outcome as { readonly value: Record<string, unknown> };
  const { tickets, ...rest } = value;
  return rest;
}
