import { pino } from 'pino';
import type { Log } from '#main/ports/log.ts';
import { openLogFile } from './log-file.ts';

/** Fields that are written as `[secret]`, wherever a careless caller puts them. */
const SECRETS = ['pin', 'newPin', 'key', 'token', 'code', 'assertion', 'password'];

/** About a hundred thousand lines; as many again are kept of before. */
const LARGEST_LOG_BYTES = 16 * 2 ** 20;

/**
 * A log of JSON lines, appended to the file at `path`, which is made when it is not there.
 *
 * Lines are written at once, so that the last ones before a crash are there. Logging never throws.
 */
export function createPinoLog(path: string): Log {
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // An error has nothing that JSON would show by itself.
      serializers: { error: pino.stdSerializers.err },
      formatters: { level: (level) => ({ level }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
    },
    openLogFile(path, LARGEST_LOG_BYTES),
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
