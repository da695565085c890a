import { expect, test } from 'vitest';
import { loadDemo } from '#central/development/load-demo.ts';
import { startTestCentral } from '#test/helpers/central/test-central.ts';

test('the demonstration has the local issuer’s people as members, but only beside that issuer', async () => {
  const running = await startTestCentral();
  const members = () =>
    running.query(
      `SELECT cognito_sub AS subject, role, is_default AS "isDefault"
       FROM organization_users JOIN users ON users.id = user_id ORDER BY role`,
    );
  await loadDemo(running.central, { hasLocalIssuer: false });
  expect(await members()).toEqual([]);
  await loadDemo(running.central, { hasLocalIssuer: true });
  await loadDemo(running.central, { hasLocalIssuer: true });
  expect(await members()).toEqual(
    ['admin', 'operator', 'regulator', 'supervisor'].map((role) => ({
      subject: `local:${role}`,
      role,
      isDefault: true,
    })),
  );
  await running.stop();
});
