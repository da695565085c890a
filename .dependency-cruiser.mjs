import { builtinModules } from 'node:module';

/**
 * The layers of docs/architecture.md, as data. Type imports count.
 *
 * Each layer lists all that it may import; whatever is not listed is an error, so a new folder or
 * library has to be named here before anybody can use it.
 */

const shared = '^src-shared/';
const ports = '^src-main/ports/';
const builtIn = `^(node:)?(${builtinModules.join('|')})$`;

/** The one folder that may import each heavy library. */
const owners = {
  electron: '^src-main/hosts/electron/|^test/helpers/electron-stand-in/',
  'better-sqlite3': '^src-main/adapters/sqlite/',
  'node-thermal-printer': '^src-main/adapters/printer/',
  'drizzle-orm': '^src-main/adapters/sqlite/|^src-central/(api|db|modules)/',
  pg: '^src-central/db/',
  ws: '^src-main/hosts/browser/|^test/',
  jose: '^src-main/adapters/central/|^src-central/',
  fastify: '^src-central/',
  react: '^src-renderer/',
  zustand: '^src-renderer/',
  '@noble/ciphers': '^src-shared/domain/',
  '@noble/hashes': '^src-shared/kernel/',
};

/** @param {string} name @param {string} from @param {string[]} allowed @param {string[]} [fromNot] */
function layer(name, from, allowed, fromNot = []) {
  return {
    name,
    severity: 'error',
    comment: `may import only: ${allowed.join(', ')}`,
    from: { path: from, ...(fromNot.length > 0 ? { pathNot: fromNot } : {}) },
    to: { pathNot: allowed },
  };
}

const npm = (...names) => names.map((name) => `node_modules/${name}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      from: { pathNot: ['^test/', '^scripts/', '\\.config\\.ts$'] },
      to: { path: '^test/' },
    },
    layer('kernel', '^src-shared/kernel/', ['^src-shared/kernel/', ...npm('@noble/hashes')]),
    layer('domain', '^src-shared/domain/', [
      '^src-shared/(kernel|domain)/',
      ...npm('@noble/ciphers'),
    ]),
    layer('contract', '^src-shared/contract/', [shared, ...npm('zod')]),
    layer('ports', ports, [shared, ports]),
    layer('application', '^src-main/application/', [shared, ports, '^src-main/application/']),
    layer('transport', '^src-main/transport/', [
      shared,
      ports,
      '^src-main/(transport|application)/',
    ]),
    layer('adapter-sqlite', '^src-main/adapters/sqlite/', [
      shared,
      ports,
      '^src-main/adapters/sqlite/',
      builtIn,
      ...npm('better-sqlite3', '@types/better-sqlite3', 'drizzle-orm'),
    ]),
    layer('adapter-printer', '^src-main/adapters/printer/', [
      shared,
      ports,
      '^src-main/adapters/printer/',
      builtIn,
      ...npm('node-thermal-printer'),
    ]),
    layer('adapter-central', '^src-main/adapters/central/', [
      shared,
      ports,
      '^src-main/adapters/central/',
      builtIn,
      ...npm('jose', 'zod', 'eventsource-parser'),
    ]),
    layer('adapter-system', '^src-main/adapters/system/', [
      shared,
      ports,
      '^src-main/adapters/system/',
      builtIn,
      ...npm('pino'),
    ]),
    layer('workers', '^src-main/workers/', [
      shared,
      ports,
      '^src-main/(workers|adapters)/',
      builtIn,
    ]),
    layer('terminal', '^src-main/terminal/', [
      shared,
      '^src-main/(?!hosts/)',
      builtIn,
      ...npm('zod'),
    ]),
    layer('hosts', '^src-main/hosts/', [
      shared,
      '^src-main/(hosts|terminal|transport)/',
      builtIn,
      '^electron$',
      ...npm('electron', 'ws', '@types/ws'),
    ]),
    layer('renderer', '^src-renderer/', [
      shared,
      '^src-renderer/',
      ...npm(
        'react',
        '@types/react',
        'react-dom',
        '@types/react-dom',
        'zustand',
        'react-aria-components',
        'lucide-react',
        'bwip-js',
        '@fontsource-variable/inter',
        'vite',
      ),
    ]),
    layer('central', '^src-central/', [
      shared,
      '^src-central/',
      builtIn,
      ...npm(
        'fastify',
        'fastify-type-provider-zod',
        '@fastify/rate-limit',
        '@fastify/swagger',
        '@fastify/swagger-ui',
        'drizzle-orm',
        'pg',
        '@types/pg',
        'jose',
        'zod',
        'pino',
        'prom-client',
        'pdfkit',
        '@types/pdfkit',
        'csv-parse',
        'bwip-js',
      ),
    ]),
    ...Object.entries(owners).map(([library, owner]) => ({
      name: `owner-of-${library.replace('@', '').replace('/', '-')}`,
      severity: 'error',
      from: {
        pathNot: [
          owner,
          'node_modules',
          '\\.config\\.ts$',
          ...(library === 'electron' ? [] : ['^test/']),
        ],
      },
      to: { path: `(^|node_modules/)(@types/)?${library}(/|$)` },
    })),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
    builtInModules: { add: [] },
  },
};
