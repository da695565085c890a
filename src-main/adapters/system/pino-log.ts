import { pino } from 'pino';
import type { Log } from '#main/ports/log.ts';

/** Fields that are written as `[secret]`, wherever a careless caller puts them. */
const SECRETS = ['pin', 'newPin', 'key', 'token', 'code', 'assertion', 'password'];

/**
 * A log of JSON lines, appended to the file at `path`, which is made when it is not there.
 *
 * Lines are written at once, so that the last ones before a crash are there.
 */
export function createPinoLog(path: string): Log {
  const destination = pino.destination({ dest: path, mkdir: true, sync: true });
  const logger = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // An error has nothing that JSON would show by itself.
      serializers: { error: pino.stdSerializers.err },
      formatters: { level: (level) => ({ level }) },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[secret]' },
    },
    destination,
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}
