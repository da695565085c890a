import { createListeners } from '#renderer/transport/listeners.ts';
import type { TerminalClient } from '#renderer/transport/terminal-client.ts';
import type { Snapshot } from '#shared/contract/terminal/snapshot.ts';
import type { Scene } from './scene.ts';

/** A terminal that stands still in one scene: one snapshot, and the scene's answers. */
export function createScriptedClient(scene: Scene): TerminalClient {
  const snapshots = createListeners<Snapshot>();
  return {
    request: (operation) =>
      new Promise((resolve) => {
        const answer = scene.answers?.[operation];
        if (answer !== undefined) resolve(answer);
      }),
    onSnapshot: snapshots.add,
    linkState: () => scene.link ?? 'connected',
    onLinkStateChanged: () => () => undefined,
    start() {
      if (scene.snapshot !== null) snapshots.tell(scene.snapshot);
    },
  };
}
