import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { resolveAsset } from './resolve-asset.ts';

/** The bytes of a file of the renderer build, and what they are. */
export interface AssetFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** Why a path is not answered with a file: it means none, or its file cannot be read just now. */
export type AssetRefusal = 'asset.unknown' | 'asset.unreadable';

/** Reads the file of the renderer build that a URL path means. */
export async function readAsset(
  rendererDirectory: string,
  pathname: string,
): Promise<Result<AssetFile, AssetRefusal>> {
  const asset = resolveAsset(pathname);
  if (!asset.ok) return asset;
  const { segments, contentType } = asset.value;
  try {
    return ok({ body: await readFile(join(rendererDirectory, ...segments)), contentType });
  } catch (error) {
    return refuse(isAbsence(error) ? 'asset.unknown' : 'asset.unreadable');
  }
}

function isAbsence(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
