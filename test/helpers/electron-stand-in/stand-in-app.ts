import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumContext } from './chromium.ts';

/** An event whose default a listener can prevent, as Electron hands them out. */
export interface PreventableEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** A fresh event that nobody has prevented yet. */
export function preventableEvent(): PreventableEvent {
  return {
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** Stands in for Electron's `app`. */
class StandInApp extends EventEmitter {
  readonly isPackaged = false;
  readonly #paths = new Map<string, string>();

  /** Resolves when Chromium is there. */
  async whenReady(): Promise<void> {
    await chromiumContext();
  }

  /** Throws, as Electron does, if the folder does not exist. */
  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`${path} does not exist`);
    this.#paths.set(name, path);
  }

  getPath(name: string): string {
    const path = this.#paths.get(name);
    if (path === undefined) throw new Error(`the stand-in knows no path ${name}`);
    return path;
  }

  /** One process for one `userData` folder; the first is told of every further attempt. */
  requestSingleInstanceLock(): boolean {
    const folder = this.getPath('userData');
    const lock = join(folder, 'stand-in-lock');
    const knock = join(folder, 'stand-in-second-instance');
    if (isHeld(lock)) {
      writeFileSync(knock, String(process.pid));
      return false;
    }
    writeFileSync(lock, String(process.pid));
    process.once('exit', () => rmSync(lock, { force: true }));
    watch(folder, { persistent: false }, (_change, name) => {
      if (name === 'stand-in-second-instance') this.emit('second-instance');
    });
    return true;
  }

  /** Asks to quit, which a listener of `before-quit` may prevent. */
  quit(): void {
    const event = preventableEvent();
    this.emit('before-quit', event);
    if (!event.defaultPrevented) this.exit(0);
  }

  exit(code: number): void {
    process.exit(code);
  }
}

function isHeld(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

export const app = new StandInApp();
