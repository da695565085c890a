import { expect, test } from './fixtures/terminal-test.ts';
import { PEOPLE } from './fixtures/venue.ts';

test('a fresh till is enrolled by hand, chooses its raffle and sells', async ({
  till,
  venue,
  enrolment,
  signIn,
  sell,
}) => {
  const { code, fingerprint } = await venue.invite('Till 7');
  await expect(till.page().getByRole('heading', { name: 'Set up this till' })).toBeVisible();

  await enrolment.fill({ address: venue.centralUrl, code, fingerprint: otherThan(fingerprint) });
  await enrolment.submit();
  await expect(till.page().getByRole('alert')).toHaveText(
    /^This is not the raffle office\. .* stop and call the raffle office\.$/,
  );

  await enrolment.fill({ address: venue.centralUrl, code, fingerprint });
  await enrolment.submit();
  await signIn.signIn(PEOPLE.seller);
  await sell.sellOne('$10 10 numbers');
  await expect(sell.status('Sales All sent')).toBeVisible();
});

/** The same fingerprint with one digit changed. */
function otherThan(fingerprint: string): string {
  const last = fingerprint.at(-1) === '0' ? '1' : '0';
  return `${fingerprint.slice(0, -1)}${last}`;
}
