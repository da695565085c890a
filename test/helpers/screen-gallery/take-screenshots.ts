/** Takes a picture of every screen: `node take-screenshots.ts FOLDER [SCENE [PANEL]]`, where parts of names do. */
import path from 'node:path';
import { openGallery } from './open-gallery.ts';
import { LANDSCAPE, PORTRAIT, SELLING_PANELS } from './panels.ts';

const [folder, part = '', onlyPanel = ''] = process.argv.slice(2);
if (folder === undefined) throw new Error('say which folder the pictures go to');
const gallery = await openGallery();
for (const scene of gallery.sceneNames.filter((name) => name.includes(part))) {
  const isSelling = /^(sell|cash|sold|not-sold|sign-in|locked|closed)/.test(scene);
  const panels = isSelling ? SELLING_PANELS : [LANDSCAPE, PORTRAIT];
  for (const panel of panels.filter(({ name }) => name.includes(onlyPanel))) {
    await gallery.show(scene, panel);
    await gallery.page.screenshot({ path: path.join(folder, `${scene}.${panel.name}.png`) });
    for (const complaint of gallery.complaints()) console.log(`${scene}: ${complaint}`);
  }
}
await gallery.close();
