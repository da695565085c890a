import { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FastifyInstance, RequestPayload } from 'fastify';

/** The most bytes of one request, after decompression. */
export const LARGEST_REQUEST_BYTES = 4 * 1024 * 1024;

/**
 * Decodes gzip request bodies, and stops as soon as one unfolds to more than the limit: a few
 * kilobytes may claim gigabytes.
 */
export function registerGzipRequests(app: FastifyInstance): void {
  app.addHook('preParsing', async (request, _reply, payload) => {
    const encoding = request.headers['content-encoding'];
    if (encoding === undefined || encoding === 'identity') return payload;
    if (encoding !== 'gzip') throw httpError(415, `the encoding ${encoding} is not supported`);
    delete request.headers['content-length'];
    return unfold(payload);
  });
}

function unfold(payload: RequestPayload): RequestPayload {
  const gunzip = createGunzip();
  const limit: RequestPayload & Transform = createLimit();
  limit.receivedEncodedLength = 0;
  payload.on('data', (chunk: Buffer) => {
    limit.receivedEncodedLength = (limit.receivedEncodedLength ?? 0) + chunk.length;
  });
  payload.on('error', (error) => limit.destroy(error));
  gunzip.on('error', () => limit.destroy(httpError(400, 'the body is not gzip')));
  return payload.pipe(gunzip).pipe(limit);
}

function createLimit(): Transform {
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.length;
      if (length > LARGEST_REQUEST_BYTES)
        done(httpError(413, 'the body unfolds to too many bytes'));
      else done(null, chunk);
    },
  });
}

function httpError(statusCode: number, message: string): Error {
  return Object.assign(new Error(message), { statusCode });
}
