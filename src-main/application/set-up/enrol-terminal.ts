import type { Ledger } from '#main/application/ledger.ts';
import type { OperationHandlers } from '#main/application/operation-handlers.ts';
import type { CentralProblem, EnrolmentClient } from '#main/ports/central-client.ts';
import type { DeviceKey, MachineVault } from '#main/ports/keys.ts';
import type { IdSource } from '#main/ports/randomness.ts';
import type { UnitOfWork } from '#main/ports/unit-of-work.ts';
import type { EnrolmentAnswer } from '#shared/contract/central/enrolment.ts';
import { type Failure, failure } from '#shared/contract/failures.ts';
import type { EntryPayload } from '#shared/contract/journal/entry-kinds.ts';
import type { Software } from '#shared/contract/journal/terminal-entries.ts';
import type { OperationInput } from '#shared/contract/terminal/operations.ts';
import { isFingerprintOf } from '#shared/domain/central-proof.ts';
import { toBase64 } from '#shared/kernel/bytes.ts';
import { hashFields } from '#shared/kernel/hash.ts';
import type { ChainId } from '#shared/kernel/ids.ts';
import { ok, refuse } from '#shared/kernel/result.ts';
import { readCentralAddress } from './read-central-address.ts';

/** What enrolling works with. */
export interface EnrolTerminalDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly vault: MachineVault;
  readonly ids: IdSource;
  readonly client: EnrolmentClient;
  readonly software: Software;
  readonly ledger: Pick<Ledger, 'recordEnrolment'>;
  /** Called once the till is enrolled: it starts work. */
  onEnrolled(): Promise<void>;
}

type Enrolment = OperationInput<'enrolment.begin'>;

/**
 * Makes this till the RSU that a code was issued for (GLI-31 6.1.3).
 *
 * The central shows its key, a person has compared its fingerprint, and only then does it learn the
 * code. The chain's id is noted before it is asked for, so that the same code after a crash gets the
 * same answer. Refuses with `terminal.already-enrolled`, `enrolment.address-invalid`,
 * `enrolment.fingerprint-mismatch`, `enrolment.code-unknown`, `enrolment.code-expired` and with
 * whatever keeps the central from answering.
 */
export function createEnrolTerminal(
  dependencies: EnrolTerminalDependencies,
): OperationHandlers['enrolment.begin'] {
  let turn: Promise<unknown> = Promise.resolve();
  return (input) => {
    const enrolled = turn.then(() => enrol(dependencies, input));
    turn = enrolled.catch(() => undefined);
    return enrolled;
  };
}

async function enrol(
  dependencies: EnrolTerminalDependencies,
  { address, code, fingerprint }: Enrolment,
): ReturnType<OperationHandlers['enrolment.begin']> {
  const { unitOfWork, vault, client, software } = dependencies;
  if (unitOfWork.rows.device() !== undefined) return refuse(failure('terminal.already-enrolled'));
  const centralUrl = readCentralAddress(address);
  if (centralUrl === undefined) return refuse(failure('enrolment.address-invalid'));
  const identified = await client.identify(centralUrl);
  if (!identified.ok) return refuse(failureOfEnrolment(identified.failure));
  const centralPublicKey = identified.value;
  if (!isFingerprintOf(fingerprint, centralPublicKey)) {
    return refuse(failure('enrolment.fingerprint-mismatch'));
  }
  const typedCode = code.trim();
  const chainId = pendingChainId(dependencies, typedCode);
  const key = vault.createDeviceKey(chainId);
  const answer = await client.enrol(centralUrl, centralPublicKey, {
    code: typedCode,
    chainId,
    devicePublicKey: toBase64(key.publicKey),
    machineFingerprint: vault.machineFingerprint,
    software,
  });
  if (!answer.ok) return refuse(failureOfEnrolment(answer.failure));
  const identity = { chainId, centralUrl, centralPublicKey: toBase64(centralPublicKey) };
  return begin(dependencies, key, identity, answer.value);
}

async function begin(
  dependencies: EnrolTerminalDependencies,
  key: DeviceKey,
  identity: Pick<EntryPayload<'terminal.enrolled'>, 'chainId' | 'centralUrl' | 'centralPublicKey'>,
  { rsuId, rsuName, organisationId, organisationName }: EnrolmentAnswer,
): ReturnType<OperationHandlers['enrolment.begin']> {
  const { unitOfWork, vault, software } = dependencies;
  unitOfWork.openChain(identity.chainId, key);
  const recorded = await dependencies.ledger.recordEnrolment({
    ...identity,
    rsuId,
    rsuName,
    organisationId,
    devicePublicKey: toBase64(key.publicKey),
    machineFingerprint: vault.machineFingerprint,
    software,
  });
  if (!recorded.ok) return recorded;
  await dependencies.onEnrolled();
  return ok({ rsuName, organisationName });
}

function pendingChainId({ unitOfWork, ids }: EnrolTerminalDependencies, code: string): ChainId {
  const codeHash = hashFields('counterfoil.enrolment-code.1', code);
  const pending = unitOfWork.notes.pendingEnrolment();
  if (pending?.codeHash === codeHash) return pending.chainId;
  const chainId = ids.next<ChainId>();
  unitOfWork.note((notes) => notes.savePendingEnrolment({ codeHash, chainId }));
  return chainId;
}

function failureOfEnrolment(problem: CentralProblem): Failure {
  if (problem.kind === 'certificate-date') return failure('central.certificate-date');
  if (problem.kind === 'not-our-central') return failure('central.not-ours');
  if (problem.kind !== 'refused') return failure('central.unreachable', { cause: problem.kind });
  switch (problem.code) {
    case 'enrolment.code-unknown':
    case 'enrolment.code-used':
    case 'request.invalid':
      return failure('enrolment.code-unknown');
    case 'enrolment.code-expired':
      return failure('enrolment.code-expired');
    default:
      return failure('central.refused', { code: problem.code, cause: problem.detail });
  }
}
