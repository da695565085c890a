import { parseArgs } from 'node:util';
import { ok, type Result, refuse } from '#shared/kernel/result.ts';
import { type CentralStore, readStore, type StoreValues } from './read-store.ts';
import type { PeopleIssuer } from './secrets/person-tokens.ts';

/** A store; the demonstration and the local issuer, which asks for no password, need one of our own. */
type ServedStore = CentralStore &
  (
    | { readonly kind: 'embedded'; readonly isDemo: boolean; readonly hasLocalIssuer: boolean }
    | { readonly kind: 'external' }
  );

/** What the central was told on its command line. */
export interface CentralArguments {
  readonly store: ServedStore;
  readonly port: number;
  /** Whose tokens people show; undefined where nobody signs in, or the local issuer is used. */
  readonly peopleIssuer: PeopleIssuer | undefined;
  /** The subjects of those who run the system as a whole. */
  readonly platformAdministrators: readonly string[];
  readonly exitsWithParent: boolean;
}

const USAGE =
  'usage: central --data DIR [--demo] [--local-issuer] | --database-url URL, with [--issuer URL --audience TEXT] [--platform-administrator SUBJECT]… [--port N] [--exit-with-parent]';

/** Reads the command line. Refuses, in one line, whatever does not fit together. */
export function readCentralArguments(args: readonly string[]): Result<CentralArguments, string> {
  const parsed = parse(args);
  if (!parsed.ok) return parsed;
  const values = parsed.value;
  const port = Number(values.port ?? '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return refuse(`--port must be a whole number from 0 to 65535; ${USAGE}`);
  }
  const store = readServedStore(values);
  if (!store.ok) return store;
  const peopleIssuer = readIssuer(values);
  if (!peopleIssuer.ok) return peopleIssuer;
  return ok({
    store: store.value,
    port,
    peopleIssuer: peopleIssuer.value,
    platformAdministrators: values['platform-administrator'] ?? [],
    exitsWithParent: values['exit-with-parent'] ?? false,
  });
}

interface Values extends StoreValues {
  readonly demo?: boolean | undefined;
  readonly 'local-issuer'?: boolean | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly 'platform-administrator'?: string[] | undefined;
  readonly port?: string | undefined;
  readonly 'exit-with-parent'?: boolean | undefined;
}

function parse(args: readonly string[]): Result<Values, string> {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        'database-url': { type: 'string' },
        demo: { type: 'boolean' },
        'local-issuer': { type: 'boolean' },
        issuer: { type: 'string' },
        audience: { type: 'string' },
        'platform-administrator': { type: 'string', multiple: true },
        port: { type: 'string' },
        'exit-with-parent': { type: 'boolean' },
      },
    });
    return ok(values);
  } catch (error) {
    const [line = 'bad arguments'] = error instanceof Error ? error.message.split('\n') : [];
    return refuse(`${line}; ${USAGE}`);
  }
}

function readServedStore(values: Values): Result<ServedStore, string> {
  const { demo: isDemo = false, 'local-issuer': hasLocalIssuer = false } = values;
  const store = readStore(values);
  if (!store.ok) return refuse(`${store.failure}; ${USAGE}`);
  if (store.value.kind === 'embedded') return ok({ ...store.value, isDemo, hasLocalIssuer });
  if (hasLocalIssuer) return refuse(`--local-issuer works only with --data; ${USAGE}`);
  if (isDemo) return refuse(`--demo works only with --data; ${USAGE}`);
  return ok(store.value);
}

/** Tokens are believed on the word of the provider's keys, so those must come by HTTPS. */
function readIssuer({
  issuer,
  audience,
  'local-issuer': isLocal,
}: Values): Result<PeopleIssuer | undefined, string> {
  if (issuer === undefined && audience === undefined) return ok(undefined);
  if (isLocal) return refuse(`--local-issuer takes the place of --issuer; ${USAGE}`);
  if (issuer === undefined || audience === undefined || audience === '') {
    return refuse(`give --issuer and --audience together; ${USAGE}`);
  }
  return URL.parse(issuer)?.protocol === 'https:'
    ? ok({ issuer, audience })
    : refuse(`--issuer must begin with https://; ${USAGE}`);
}
