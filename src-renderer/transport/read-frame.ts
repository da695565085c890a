import type { EventFrame, ReplyFrame } from '#shared/contract/terminal/frames.ts';

/**
 * Reads a frame that came as text; `undefined` if it is not one.
 *
 * The contents are the terminal's own words and are taken as they are: it ships with this page.
 */
export function readFrame(text: unknown): ReplyFrame | EventFrame | undefined {
  const frame = parseJson(text);
  if (typeof frame !== 'object' || frame === null || !('kind' in frame)) return undefined;
  if (frame.kind === 'reply' && 'outcome' in frame) return frame as unknown as ReplyFrame;
  if (frame.kind === 'event' && 'name' in frame) return frame as unknown as EventFrame;
  return undefined;
}

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
