/** One method for each transaction that writes, made from the catalogue: same name, same input, one receipt. */
import type { SubmitName } from '../../../chaincode/src/protocol/transactions.js';
import { splitInput, type Input } from '../input.js';
import type { Receipt, Sender } from '../sender.js';

/** Submits a transaction and waits for its commit. @throws TenorError */
export type Verb<Name extends SubmitName> = (input: Input<Name>) => Promise<Receipt>;

/** The method of a transaction. */
export function verb<Name extends SubmitName>(sender: Sender, name: Name): Verb<Name> {
  return (input) => {
    const { request, secret } = splitInput(name, input);
    return sender.submit(name, request, secret);
  };
}
