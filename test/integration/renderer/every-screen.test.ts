import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTROLS, isControlName } from '#renderer/text/controls.ts';
import {
  type Gallery,
  openGallery,
  type Panel,
} from '#test/helpers/screen-gallery/open-gallery.ts';
import type { MeasuredControl } from '#test/helpers/screen-gallery/page/measured-control.ts';
import { LANDSCAPE, PORTRAIT, SELLING_PANELS } from '#test/helpers/screen-gallery/panels.ts';

/** The largest difference, in CSS pixels, that rounding may make. */
const ROUNDING = 0.5;
const GAP = 12;

/** How the names of scenes begin. */
const SCREEN_GROUPS = [
  'start',
  'sign-in',
  'sell',
  'cash',
  'sold',
  'not-sold',
  'ticket',
  'order',
  'closed',
  'locked',
  'status',
  'help',
] as const;

let gallery: Gallery;

beforeAll(async () => {
  gallery = await openGallery();
});

afterAll(async () => {
  await gallery.close();
});

const isSelling = (scene: string) => /^(sell|cash|sold|not-sold)/.test(scene);

async function onEachScene(
  check: (scene: string) => Promise<readonly string[]>,
  wanted: (scene: string) => boolean = () => true,
): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const scene of gallery.sceneNames.filter(wanted)) {
    for (const finding of await check(scene)) findings.push(`${scene}: ${finding}`);
  }
  return findings;
}

describe('every screen', () => {
  it.each(SCREEN_GROUPS)('is accessible: axe finds nothing, %s', async (group) => {
    const findings = await onEachScene(
      async (scene) => {
        await gallery.show(scene, LANDSCAPE);
        return violationsOf(axe());
      },
      (scene) => scene.startsWith(group),
    );
    expect(findings).toEqual([]);
  });

  it.each(SCREEN_GROUPS)('has enough contrast in light colours too, %s', async (group) => {
    const findings = await onEachScene(
      async (scene) => {
        await gallery.show(scene, { ...LANDSCAPE, theme: 'light' });
        return violationsOf(axe().withRules('color-contrast'));
      },
      (scene) => scene.startsWith(group),
    );
    expect(findings).toEqual([]);
  });

  it('belongs to one of the groups above', () => {
    const isGrouped = (scene: string) => SCREEN_GROUPS.some((group) => scene.startsWith(group));
    expect(gallery.sceneNames.filter((scene) => !isGrouped(scene))).toEqual([]);
  });

  it('keeps to the content security policy and throws nothing', async () => {
    const findings = await onEachScene(async (scene) => {
      await gallery.show(scene, PORTRAIT);
      return gallery.complaints();
    });
    expect(findings).toEqual([]);
  });

  it('has a help entry and a visible label for each control (GLI-31 3.2.4a)', async () => {
    const findings = await onEachScene(async (scene) => {
      await gallery.show(scene, LANDSCAPE);
      const controls = await gallery.controls();
      return controls
        .filter(({ control, label }) => !isControlName(control) || label === '')
        .map(({ control, label }) => `${control} "${label}"`);
    });
    expect(findings).toEqual([]);
  });

  it('explains in its help exactly the controls that it shows (GLI-31 3.2.4a)', async () => {
    const findings = await onEachScene(
      async (scene) => {
        await gallery.show(scene, LANDSCAPE);
        const controls = await gallery.controls();
        const shown = new Set(controls.map(({ control }) => control).filter(isControlName));
        await gallery.page.getByRole('button', { name: 'Help', exact: true }).click();
        const explained = await gallery.page.getByRole('dialog').locator('dt').allInnerTexts();
        const expected = [...shown].map((control) => CONTROLS[control].name);
        return expected.toSorted().join() === explained.toSorted().join()
          ? []
          : [`shows ${expected.join()}, explains ${explained.join()}`];
      },
      (scene) => !/^help|till-stopped|other-window/.test(scene),
    );
    expect(findings).toEqual([]);
  });
});

describe('signing in', () => {
  it.each(SELLING_PANELS.map((panel) => [panel.name, panel] as const))(
    'fits the panel without scrolling, whatever the PIN led to: %s',
    async (_name, panel) => {
      const findings = await onEachScene(
        (scene) => placeFindings(scene, panel),
        (scene) => /^(sign-in|locked)/.test(scene),
      );
      expect(findings).toEqual([]);
    },
  );

  it.each([LANDSCAPE, PORTRAIT])(
    'leaves the keys in their place when a PIN is refused: %o',
    async (panel) => {
      const keysOf = async (scene: string) => {
        await gallery.show(scene, panel);
        const controls = await gallery.controls();
        return controls.filter(({ control }) => control?.startsWith('pin.'));
      };
      expect(await keysOf('sign-in-wrong')).toEqual(await keysOf('sign-in-pin'));
      expect(await keysOf('sign-in-wait')).toEqual(await keysOf('sign-in-pin'));
    },
  );
});

describe('the selling path', () => {
  it.each(SELLING_PANELS.map((panel) => [panel.name, panel] as const))(
    'fits the panel without scrolling, with targets large enough and apart: %s',
    async (_name, panel) => {
      const findings = await onEachScene((scene) => placeFindings(scene, panel), isSelling);
      expect(findings).toEqual([]);
    },
  );
});

describe('one sale from the cart to its result', () => {
  const STEPS = [
    'sell-cart',
    'cash-typing',
    'cash-much-typed',
    'cash-improbable',
    'cash-saving',
    'sold-change',
    'sold-exact-printed',
    'not-sold',
  ];

  it.each(SELLING_PANELS.map((panel) => [panel.name, panel] as const))(
    'moves nothing outside its pane: %s',
    async (_name, panel) => {
      const places = async (scene: string) => {
        await gallery.show(scene, panel);
        const controls = await gallery.controls();
        return controls.filter(({ control }) => control === 'lock').map(({ box }) => box);
      };
      const atFirst = await places('sell-empty');
      const findings = await onEachScene(
        async (scene) =>
          JSON.stringify(await places(scene)) === JSON.stringify(atFirst) ? [] : ['moved'],
        (scene) => STEPS.includes(scene),
      );
      expect(findings).toEqual([]);
    },
  );
});

describe('the tone of a sale', () => {
  it('is short and bright for SOLD, low and longer for NOT SOLD, and never distorts', async () => {
    const sold = await gallery.hearTone('sold');
    const notSold = await gallery.hearTone('not-sold');
    expect(sold).toSatisfy(({ lastsMs, peak }) => lastsMs < 300 && peak > 0.2 && peak < 0.7);
    expect(notSold).toSatisfy(({ lastsMs, peak }) => lastsMs < 650 && peak > 0.2 && peak < 0.7);
    expect(sold.lastPitch).toBeGreaterThan(sold.firstPitch);
    expect(notSold.lastPitch).toBeLessThan(notSold.firstPitch);
    expect(sold.firstPitch).toBeGreaterThan(2 * notSold.firstPitch);
  });
});

/** One page without frames: the older way of running axe needs no second page. */
function axe(): AxeBuilder {
  return new AxeBuilder({ page: gallery.page }).setLegacyMode();
}

async function violationsOf(builder: AxeBuilder): Promise<readonly string[]> {
  const { violations } = await builder.analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

async function placeFindings(scene: string, panel: Panel): Promise<readonly string[]> {
  await gallery.show(scene, panel);
  const controls = await gallery.controls();
  return [
    ...(await gallery.overflow()).map((part) => `${part} does not hold its content`),
    ...controls.flatMap((control) => misplaced(control, panel)),
    ...tooClose(controls),
  ];
}

function misplaced(
  { control, isTouchTarget, box }: MeasuredControl,
  panel: Panel,
): readonly string[] {
  const smallest = smallestTarget(panel, isTouchTarget);
  const isInside =
    box.x >= -ROUNDING &&
    box.y >= -ROUNDING &&
    box.x + box.width <= panel.width + ROUNDING &&
    box.y + box.height <= panel.height + ROUNDING;
  const isLarge = box.width >= smallest - ROUNDING && box.height >= smallest - ROUNDING;
  return [
    ...(isInside ? [] : [`${control} is cut off`]),
    ...(isLarge ? [] : [`${control} is ${box.width} × ${box.height}, not ${smallest}`]),
  ];
}

function smallestTarget({ targets }: Panel, isTouchTarget: boolean): number {
  if (!isTouchTarget) return 56;
  return targets === 'eight-inch' ? 112 : 88;
}

/** Nothing that can be tapped lies over another; targets of the selling path have room between them. */
function tooClose(controls: readonly MeasuredControl[]): readonly string[] {
  return controls.flatMap((left, place) =>
    controls
      .slice(place + 1)
      .filter((right) => gapBetween(left, right) < smallestGap(left, right) - ROUNDING)
      .map((right) => `${left.control} and ${right.control} are too close`),
  );
}

function smallestGap(left: MeasuredControl, right: MeasuredControl): number {
  return left.isTouchTarget && right.isTouchTarget ? GAP : 0;
}

function gapBetween({ box: left }: MeasuredControl, { box: right }: MeasuredControl): number {
  const across = Math.max(right.x - left.x - left.width, left.x - right.x - right.width);
  const down = Math.max(right.y - left.y - left.height, left.y - right.y - right.height);
  return Math.max(across, down);
}
