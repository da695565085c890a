import { readdirSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChainHead } from '#shared/domain/journal-chain.ts';
import { parseSha256 } from '#shared/kernel/hash.ts';
import { type ChainId, isUuid } from '#shared/kernel/ids.ts';
import { readIfPresent } from './durable-file.ts';

/** A head may lag this far behind, so that a busy till does not write one with every sale. */
const PAUSE_MS = 1_000;

const SUFFIX = '.head';

/** How far each chain had come, kept apart from the journal itself. */
export interface NotedHeads {
  /**
   * Takes note soon, off the main thread. A head that cannot be written waits for the next one. One
   * behind what is noted says nothing new: a journal that was set back must go on being noticed.
   */
  note(chainId: ChainId, head: ChainHead): void;
  last(chainId: ChainId): ChainHead | undefined;
  /** The chains that have a noted head on the disk. */
  chains(): readonly ChainId[];
  /** Writes what is still waiting. */
  close(): Promise<void>;
}

/** Keeps the heads of chains in files of `folder`, one each, written at most once a second. */
export function createNotedHeads(folder: string): NotedHeads {
  const furthest = new Map<ChainId, ChainHead>();
  const waiting = new Map<ChainId, ChainHead>();
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  const pathOf = (chainId: ChainId) => join(folder, `${chainId}${SUFFIX}`);
  const last = (chainId: ChainId): ChainHead | undefined => {
    const head = furthest.get(chainId) ?? parseHead(readIfPresent(pathOf(chainId)));
    if (head !== undefined) furthest.set(chainId, head);
    return head;
  };
  const writeWaiting = async (): Promise<void> => {
    for (const [chainId, head] of waiting) {
      await writeHead(pathOf(chainId), head);
      if (waiting.get(chainId) === head) waiting.delete(chainId);
    }
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(writeWaiting).catch(() => {});
    return writing;
  };

  return {
    note: (chainId, head) => {
      if (head.seq <= (last(chainId)?.seq ?? 0)) return;
      furthest.set(chainId, head);
      waiting.set(chainId, head);
      timer ??= setTimeout(flush, PAUSE_MS).unref();
    },
    last,
    chains: () => {
      const names = readdirSync(folder).filter((name) => name.endsWith(SUFFIX));
      return names.map((name) => name.slice(0, -SUFFIX.length)).filter(isChainId);
    },
    close: flush,
  };
}

async function writeHead(path: string, head: ChainHead): Promise<void> {
  const unfinished = `${path}.unfinished`;
  await writeFile(unfinished, JSON.stringify({ seq: head.seq, hash: head.hash }), {
    mode: 0o600,
    flush: true,
  });
  await rename(unfinished, path);
}

/** A note that cannot be read is worth no more than none. */
function parseHead(text: string | undefined): ChainHead | undefined {
  const [, seq, digits] = /^\{"seq":(\d{1,15}),"hash":"([0-9a-f]{64})"\}$/.exec(text ?? '') ?? [];
  const hash = parseSha256(digits ?? '');
  return hash === undefined ? undefined : { seq: Number(seq), hash };
}

function isChainId(text: string): text is ChainId {
  return isUuid(text);
}
