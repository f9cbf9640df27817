/** Contracts of fabric-contract-api: one class for each noun, with one transaction for each verb. A transaction takes the request as JSON text. */
import { Contract, type Context } from 'fabric-contract-api';
import { commands, type Noun } from '../protocol/commands/index.js';
import { encodeError, TenorError } from '../protocol/errors.js';
import { run } from './run.js';

/** A contract class as the chaincode registers it. */
export type ContractClass = new () => Contract;

/** The contract API passes on only the message of a thrown error. So the message has to hold the code and the data of a refusal. */
export function refusal(error: unknown, transactionId: string): Error {
  if (error instanceof TenorError) return new Error(encodeError(error));
  // The cause stays in this organisation's own log. It holds no values, because the texts of our invariants name none.
  const cause = error instanceof Error ? (error.stack ?? error.message) : 'not an error';
  console.error(`transaction ${transactionId}: ${cause}`);
  return new Error(encodeError(new TenorError('INTERNAL')));
}

/** The contract of a noun, made from the catalogue. */
export function contractOf(noun: Noun): ContractClass {
  class NounContract extends Contract {
    constructor() {
      super(noun);
    }

    override unknownTransaction(): Promise<void> {
      return Promise.reject(new Error(encodeError(new TenorError('FUNCTION_UNKNOWN'))));
    }
  }
  for (const verb of Object.keys(commands[noun])) {
    Object.defineProperty(NounContract.prototype, verb, { value: transaction(`${noun}:${verb}`) });
  }
  return NounContract;
}

function transaction(name: string): (context: Context, ...args: string[]) => Promise<string> {
  return async ({ stub }, ...args) => {
    try {
      return await run(stub, name, args);
    } catch (error) {
      throw refusal(error, stub.getTxID());
    }
  };
}
