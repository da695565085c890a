import { startChildProgram } from '../fixtures/child-program.ts';
import { expect, test } from '../fixtures/terminal-test.ts';
import { freshLink } from '../fixtures/till.ts';

test('one window is the screen; a fresh link moves it, a used one is refused', async ({
  context,
  browser,
}, testInfo) => {
  const program = await startChildProgram([
    'src-main/hosts/browser/main.ts',
    ...['--data', testInfo.outputPath('data'), '--no-launch'],
  ]);
  const link = String(program.ready['url']);
  try {
    const first = await context.newPage();
    await first.goto(link);
    await expect(first.getByRole('heading', { name: 'Set up this till' })).toBeVisible();

    const second = await context.newPage();
    await second.goto(new URL(link).origin);
    await expect(second.getByRole('heading', { name: /open in another window/ })).toBeVisible();
    await second.goto(link);
    await expect(second.getByRole('heading', { name: 'This link has been used' })).toBeVisible();
    await expect(first.getByRole('heading', { name: 'Set up this till' })).toBeVisible();

    const elsewhere = await (await browser.newContext()).newPage();
    await elsewhere.goto(new URL(link).origin);
    await expect(elsewhere.getByRole('heading', { name: /has not been let in/ })).toBeVisible();
    await elsewhere.goto(await freshLink(program));
    await expect(elsewhere.getByRole('heading', { name: 'Set up this till' })).toBeVisible();
    await expect(first.getByRole('heading', { name: /open in another window/ })).toBeVisible();
    await elsewhere.context().close();
  } finally {
    await program.stop();
  }
});
