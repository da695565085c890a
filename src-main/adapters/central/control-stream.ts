import { EventSourceParserStream } from 'eventsource-parser/stream';
import { STREAM_EVENT } from '#shared/contract/central/mirror.ts';
import type { HttpStream } from './http-exchange.ts';

/** An event is a few hundred bytes; a stream that never ends one is not from the central. */
const LARGEST_EVENT_CHARACTERS = 1_000_000;

/**
 * Calls `onChange` for every event of the stream until it ends, for whatever reason.
 *
 * What an event says is not used: the call that follows it says the same, in order with all other
 * answers.
 */
export async function followControlStream(stream: HttpStream, onChange: () => void): Promise<void> {
  const events = ReadableStream.from(stream.body)
    .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: LARGEST_EVENT_CHARACTERS }));
  try {
    for await (const event of events) {
      if (event.event === STREAM_EVENT) onChange();
    }
  } catch {
    // A stream may break at any time; that it is over is all there is to know.
  }
}
