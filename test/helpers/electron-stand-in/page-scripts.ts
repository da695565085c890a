import { randomUUID } from 'node:crypto';
import { createPreloadRequire } from './preload-world.ts';
import { linkWorlds } from './world-link.ts';

/** The isolated world in which the preload runs. */
export const PRELOAD_WORLD = 'electron-preload';

/** The function with which the preload's world calls the stand-in. */
export const BINDING = 'electronStandInCall';

/** The function in the preload's world through which the stand-in answers. */
export const RECEIVER = 'electronStandInReceive';

/** The scripts that run in every new document, before any script of the page. */
export interface PageScripts {
  readonly mainWorld: string;
  readonly preloadWorld: string;
}

/**
 * Wraps an unmodified preload bundle so that it runs in an isolated world.
 *
 * As in Electron, a preload runs in the top frame only; `inSubframes` lets a test put a caller where
 * none may be.
 */
export function pageScripts(preloadSource: string, inSubframes: boolean): PageScripts {
  const main = JSON.stringify(`electron-main-world-${randomUUID()}`);
  const preload = JSON.stringify(`electron-preload-world-${randomUUID()}`);
  const onlyWhere = inSubframes ? '' : 'if (globalThis.top !== globalThis) return;';
  return {
    mainWorld: `(() => { ${onlyWhere} (${linkWorlds})(${main}, ${preload}); })();`,
    preloadWorld: `(() => {
      ${onlyWhere}
      const link = (${linkWorlds})(${preload}, ${main});
      const require = (${createPreloadRequire})(link, '${BINDING}', '${RECEIVER}');
      const module = { exports: {} };
      ((require, module, exports) => { ${preloadSource}
      })(require, module, module.exports);
    })();`,
  };
}
