import { createRoot } from 'react-dom/client';
import { App } from '#renderer/app.tsx';
import { keepTouchesPlain } from '#renderer/keep-touches-plain.ts';
import { createStores } from '#renderer/stores/stores.ts';
import { invariant } from '#shared/kernel/invariant.ts';
import '#renderer/styles/index.css';
import { SCENES } from './scenes.ts';
import { createScriptedClient } from './scripted-client.ts';

declare global {
  interface Window {
    sceneNames: readonly string[];
    scenePresses: readonly string[];
  }
}

const root = document.getElementById('root');
invariant(root, 'index.html has no #root');
const [name, theme, panel] = decodeURIComponent(location.hash.slice(1)).split('|');
const scene = SCENES.find((candidate) => candidate.name === name) ?? SCENES[0];
invariant(scene, 'no scenes');
window.sceneNames = SCENES.map((known) => known.name);
window.scenePresses = scene.press ?? [];

keepTouchesPlain(document);
const stores = createStores({
  client: createScriptedClient(scene),
  monotonicMs: () => performance.now(),
  storage: { getItem: () => `"theme":"${theme}","panel":"${panel}"`, setItem: () => undefined },
});
scene.prepare?.(stores);
createRoot(root).render(<App stores={stores} />);
