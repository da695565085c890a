import { z } from 'zod';
import {
  allocationAnswerSchema,
  allocationRequestSchema,
  holdingsAnswerSchema,
  holdingsReportSchema,
} from '#shared/contract/central/allocations.ts';
import { controlSchema } from '#shared/contract/central/control.ts';
import {
  deviceTokenAnswerSchema,
  deviceTokenRequestSchema,
  nonceAnswerSchema,
  nonceRequestSchema,
} from '#shared/contract/central/device-tokens.ts';
import {
  enrolmentAnswerSchema,
  enrolmentRequestSchema,
  identityAnswerSchema,
} from '#shared/contract/central/enrolment.ts';
import {
  healthAnswerSchema,
  heartbeatAnswerSchema,
  heartbeatSchema,
} from '#shared/contract/central/heartbeats.ts';
import {
  journalDownloadAnswerSchema,
  journalDownloadQuerySchema,
  journalHeadAnswerSchema,
  journalUploadAnswerSchema,
  journalUploadSchema,
} from '#shared/contract/central/journal.ts';
import { mirrorAnswerSchema, mirrorQuerySchema } from '#shared/contract/central/mirror.ts';
import { CENTRAL_ROUTES } from '#shared/contract/central/routes.ts';
import { ENTRY_KINDS } from '#shared/contract/journal/entry-kinds.ts';
import { journalEntrySchema } from '#shared/contract/journal/journal-entry.ts';
import { commandBodySchema, commandSchema } from '#shared/contract/mirror/commands.ts';
import { mirrorSchema, resolutionSchema } from '#shared/contract/mirror/mirror.ts';
import {
  allocationSchema,
  storedValidationBlockSchema,
  validationBlockSchema,
} from '#shared/contract/mirror/numbers.ts';
import { storedOperatorSchema } from '#shared/contract/mirror/operator.ts';
import { raffleEventSchema } from '#shared/contract/mirror/raffle-event.ts';
import { minorUnitsSchema, moneySchema } from '#shared/contract/values.ts';

/** One call of the API as the protocol page describes it. */
interface Call {
  readonly method: 'GET' | 'POST';
  readonly route: keyof typeof CENTRAL_ROUTES;
  readonly request?: z.ZodType;
  readonly answer?: z.ZodType;
}

const CALLS: readonly Call[] = [
  { method: 'GET', route: 'health', answer: healthAnswerSchema },
  { method: 'GET', route: 'identity', answer: identityAnswerSchema },
  {
    method: 'POST',
    route: 'enrolments',
    request: enrolmentRequestSchema,
    answer: enrolmentAnswerSchema,
  },
  { method: 'POST', route: 'nonces', request: nonceRequestSchema, answer: nonceAnswerSchema },
  {
    method: 'POST',
    route: 'deviceTokens',
    request: deviceTokenRequestSchema,
    answer: deviceTokenAnswerSchema,
  },
  { method: 'GET', route: 'journalHead', answer: journalHeadAnswerSchema },
  {
    method: 'POST',
    route: 'journal',
    request: journalUploadSchema,
    answer: journalUploadAnswerSchema,
  },
  {
    method: 'GET',
    route: 'journal',
    request: journalDownloadQuerySchema,
    answer: journalDownloadAnswerSchema,
  },
  { method: 'GET', route: 'mirror', request: mirrorQuerySchema, answer: mirrorAnswerSchema },
  { method: 'GET', route: 'stream' },
  {
    method: 'POST',
    route: 'allocations',
    request: allocationRequestSchema,
    answer: allocationAnswerSchema,
  },
  {
    method: 'POST',
    route: 'holdings',
    request: holdingsReportSchema,
    answer: holdingsAnswerSchema,
  },
  { method: 'POST', route: 'heartbeats', request: heartbeatSchema, answer: heartbeatAnswerSchema },
];

/** What is described once, apart, instead of wherever it occurs. */
const NAMED: ReadonlyMap<z.ZodType, string> = new Map<z.ZodType, string>([
  [controlSchema, 'the [control](#control)'],
  [journalEntrySchema, 'an [entry](#3-entries-and-the-chain)'],
  [mirrorSchema, 'the [mirror](#mirror)'],
  [raffleEventSchema, 'a [raffle event](#raffle-event)'],
  [
    storedOperatorSchema,
    'a person of the [mirror](#mirror), with `wrappedCredential` for `credential`',
  ],
  [resolutionSchema, 'a [resolution](#resolution)'],
  [commandSchema, 'a [command](#command)'],
  [allocationSchema, 'an [allocation](#allocation)'],
  [validationBlockSchema, 'a [validation block](#validation-block)'],
  [storedValidationBlockSchema, 'a [validation block](#validation-block) as it is kept'],
  [moneySchema, 'an [amount](#2-values)'],
  [minorUnitsSchema, '[minor units](#2-values)'],
]);

/** The things that calls and entries share, as Markdown. */
export function sharedTables(): string {
  const shared = [
    ['Control', controlSchema],
    ['Entry', journalEntrySchema],
    ['Allocation', allocationSchema],
    ['Validation block', validationBlockSchema],
    ['Mirror', mirrorSchema],
    ['Raffle event', raffleEventSchema],
    ['Resolution', resolutionSchema],
    ['Command', commandSchema],
    ['Command body', commandBodySchema],
  ] as const;
  return shared.map(([name, schema]) => `#### ${name}\n\n${table(schema)}`).join('\n\n');
}

/** The fields of every call, as Markdown. */
export function callTables(): string {
  return CALLS.map(({ method, route, request, answer }) =>
    [
      `#### \`${method} ${CENTRAL_ROUTES[route]}\``,
      ...(request === undefined ? [] : [method === 'GET' ? 'Query:' : 'Request:', table(request)]),
      answer === undefined ? 'Answers with a stream of server-sent events.' : 'Answer:',
      ...(answer === undefined ? [] : [table(answer)]),
    ].join('\n\n'),
  ).join('\n\n');
}

/** The fields of every kind of entry, as Markdown. */
export function entryTables(): string {
  return Object.entries(ENTRY_KINDS)
    .map(([kind, { version, isSigned, payload }]) => {
      const title = `#### \`${kind}\`, version ${version}${isSigned ? ', signed' : ''}`;
      return `${title}\n\n${table(payload)}`;
    })
    .join('\n\n');
}

interface Row {
  readonly field: string;
  readonly content: string;
}

function table(schema: z.ZodType): string {
  return renderRows(rowsOf(schema, ''));
}

function renderRows(rows: readonly Row[]): string {
  if (rows.length === 0) return 'No fields.';
  const lines = rows.map(({ field, content }) => `| \`${field}\` | ${content} |`);
  return ['| Field | Holds |', '|---|---|', ...lines].join('\n');
}

/** The fields below `schema`, with their paths: `[]` stands for each of a list. */
function rowsOf(schema: z.ZodType, path: string): Row[] {
  const { inner, notes } = unwrap(schema);
  const named = path === '' ? undefined : NAMED.get(inner);
  if (named !== undefined) return [{ field: path, content: withNotes(named, notes) }];
  if (inner instanceof z.ZodObject) {
    const head =
      path === '' || notes.length === 0
        ? []
        : [{ field: path, content: withNotes('an object', notes) }];
    const fields = Object.entries(inner.shape as Record<string, z.ZodType>);
    return [...head, ...fields.flatMap(([name, field]) => rowsOf(field, join(path, name)))];
  }
  if (inner instanceof z.ZodArray) {
    const element = inner.element as z.ZodType;
    const elementRows = rowsOf(element, `${path}[]`);
    const head = { field: path, content: withNotes(listWords(inner), notes) };
    return [head, ...elementRows];
  }
  if (inner instanceof z.ZodUnion) {
    return mergeFields(inner.options.flatMap((option) => rowsOf(option as z.ZodType, path)));
  }
  return [{ field: path, content: withNotes(leafWords(inner), notes) }];
}

/** Branches of a union share fields: each is listed once, with all that it may hold. */
function mergeFields(rows: readonly Row[]): Row[] {
  const contents = new Map<string, Set<string>>();
  for (const { field, content } of rows) {
    contents.set(field, (contents.get(field) ?? new Set()).add(content));
  }
  return [...contents].map(([field, all]) => ({ field, content: [...all].join(' or ') }));
}

function unwrap(schema: z.ZodType): {
  readonly inner: z.ZodType;
  readonly notes: readonly string[];
} {
  if (schema instanceof z.ZodNullable) {
    const { inner, notes } = unwrap(schema.unwrap() as z.ZodType);
    return { inner, notes: [...notes, 'or null'] };
  }
  if (schema instanceof z.ZodOptional) {
    const { inner, notes } = unwrap(schema.unwrap() as z.ZodType);
    return { inner, notes: [...notes, 'may be absent'] };
  }
  return { inner: schema, notes: [] };
}

function withNotes(words: string, notes: readonly string[]): string {
  return [words, ...notes].join(', ');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function listWords(schema: z.ZodType): string {
  const { minItems, maxItems } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  if (minItems !== undefined && maxItems !== undefined)
    return `a list of ${minItems} to ${maxItems}`;
  if (minItems !== undefined) return `a list of at least ${minItems}`;
  return maxItems === undefined ? 'a list' : `a list of at most ${maxItems}`;
}

function leafWords(schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum)
    return schema.options.map((option) => `\`${option}\``).join(', ');
  if (schema instanceof z.ZodLiteral) return `\`${[...schema.values].join('`, `')}\``;
  if (schema instanceof z.ZodRecord) return 'an object of any JSON values';
  const json = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  switch (json.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number${rangeWords(json)}`;
    case 'number':
      return `a number${rangeWords(json)}`;
    case 'string':
      return stringWords(schema, json);
    default:
      return 'any JSON value';
  }
}

function rangeWords({ minimum, maximum, exclusiveMinimum }: z.core.JSONSchema.BaseSchema): string {
  const from = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  const hasStart = from !== undefined && from > Number.MIN_SAFE_INTEGER;
  if (hasStart && isBounded) return ` from ${from} to ${maximum}`;
  if (hasStart) return `, at least ${from}`;
  return isBounded ? `, at most ${maximum}` : '';
}

/** The forms that a refined text may have, each with an example that only this form accepts. */
const FORMS: readonly { readonly words: string; readonly example: string }[] = [
  { words: 'an id', example: '0195d0a0-0000-7000-8000-000000000001' },
  { words: 'an instant', example: '2026-11-22T19:05:00.000Z' },
  { words: 'a SHA-256', example: 'ab'.repeat(32) },
  { words: '16 bytes in Base64', example: btoa('\u0000'.repeat(16)) },
  { words: '32 bytes in Base64', example: btoa('\u0000'.repeat(32)) },
  { words: '64 bytes in Base64', example: btoa('\u0000'.repeat(64)) },
  { words: 'bytes in Base64', example: 'AAAA' },
];

function stringWords(schema: z.ZodType, json: z.core.JSONSchema.BaseSchema): string {
  if (json.pattern !== undefined) return `text like \`${json.pattern}\``;
  const accepts = (text: string) => schema.safeParse(text).success;
  const { minLength = 0, maxLength } = json;
  if (!accepts('any w\u00f6rds at all, at length'.slice(0, maxLength))) {
    if (accepts('AAAA')) return 'bytes in Base64';
    const form = FORMS.find(({ example }) => accepts(example));
    if (form !== undefined) return form.words;
  }
  if (maxLength === undefined) return 'text';
  return minLength === 0
    ? `text, at most ${maxLength} characters`
    : `text, ${minLength} to ${maxLength} characters`;
}
