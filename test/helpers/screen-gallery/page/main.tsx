import { createRoot, type Root } from 'react-dom/client';
import { App } from '#renderer/app.tsx';
import { keepTouchesPlain } from '#renderer/keep-touches-plain.ts';
import type { Appearance } from '#renderer/stores/appearance-store.ts';
import { PAY_DEAD_TIME_MS } from '#renderer/stores/pay-dead-time.ts';
import { createStores } from '#renderer/stores/stores.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import '#renderer/styles/index.css';
import { comeToRest } from './come-to-rest.ts';
import { hearTone } from './hear-tone.ts';
import { findOverflow, measureControls } from './measure.ts';
import { SCENES } from './scenes.ts';
import { createScriptedClient } from './scripted-client.ts';

/** What the tests call in the page. */
interface GalleryPage {
  readonly sceneNames: readonly string[];
  /**
   * Builds the screen anew in one state, with the pay positions live, and returns the buttons still
   * to be pressed.
   */
  readonly show: (name: string, appearance: Appearance) => readonly string[];
  readonly comeToRest: () => Promise<void>;
  readonly measureControls: typeof measureControls;
  readonly findOverflow: typeof findOverflow;
  readonly hearTone: typeof hearTone;
}

declare global {
  interface Window {
    gallery: GalleryPage;
  }
}

const place = document.getElementById('root');
invariant(place, 'index.html has no #root');
let root: Root | undefined;

window.gallery = {
  comeToRest: () => comeToRest(place),
  measureControls,
  findOverflow,
  hearTone,
  sceneNames: SCENES.map(({ name }) => name),
  show(name, appearance) {
    const scene = SCENES.find((candidate) => candidate.name === name);
    invariant(scene, `no scene ${name}`);
    const stores = createStores({
      client: createScriptedClient(scene),
      monotonicMs: () => performance.now() - PAY_DEAD_TIME_MS,
      storage: { getItem: () => JSON.stringify(appearance), setItem: () => undefined },
    });
    scene.prepare?.(stores);
    root?.unmount();
    root = createRoot(place);
    root.render(<App stores={stores} />);
    return scene.press ?? [];
  },
};

keepTouchesPlain(document);
