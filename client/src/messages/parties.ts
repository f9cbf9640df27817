/** Forms of those who take part in a payment: accounts, banks (agents), parties, and what they say of it. */
import { isIban } from '../../../chaincode/src/protocol/identifiers.js';
import { accountOf, type Account } from '../documents/values.js';
import { any, choice, group, one, optional, type Form, type FormIn, type FormOut } from './form.js';
import { MessageError } from './messageError.js';
import type { Child } from './tree.js';
import { bic, country, lei, text } from './values.js';

/** A code of one of ISO 20022's external sets, or one that two banks have agreed on. */
export const codeOrOwn = choice({ code: optional('Cd', text(4)), own: optional('Prtry', text(35)) });

/** A clearing system. */
export const clearingSystem = choice({ code: optional('Cd', text(3)), own: optional('Prtry', text(35)) });

const NUMBER = text(34);

function writeAccount({ scheme, id }: Account, path: string): readonly Child[] {
  if (scheme === 'OTHER')
    return [
      {
        name: 'Id',
        inside: [{ name: 'Othr', inside: [{ name: 'Id', inside: NUMBER.write(id, `${path}/Id/Othr/Id`) }] }],
      },
    ];
  if (isIban(id)) return [{ name: 'Id', inside: [{ name: 'IBAN', inside: { text: id } }] }];
  throw new MessageError('MESSAGE_FIELD_INVALID', {
    path: `${path}/Id`,
    expected: 'an IBAN without blanks whose check digits agree, or a number of the scheme OTHER',
  });
}

/** An account by its IBAN or by its bank's own number. */
export const account: Form<Account, Account> = { write: writeAccount, read: accountOf };

const address = group({
  street: optional('StrtNm', text(70)),
  building: optional('BldgNb', text(16)),
  postCode: optional('PstCd', text(16)),
  town: optional('TwnNm', text(35)),
  subdivision: optional('CtrySubDvsn', text(35)),
  /** Two letters, ISO 3166. */
  country: optional('Ctry', country),
  lines: any('AdrLine', text(70)),
});

/** A bank, by its BIC, by its number in a clearing system, or by its LEI. */
export const agent = group({
  bic: optional('FinInstnId/BICFI', bic),
  clearing: optional(
    'FinInstnId/ClrSysMmbId',
    group({
      /** Code of the clearing system, for example `CNAPS`. */
      system: optional('ClrSysId/Cd', text(5)),
      member: one('MmbId', text(35)),
    }),
  ),
  lei: optional('FinInstnId/LEI', lei),
  name: optional('FinInstnId/Nm', text(140)),
  address: optional('FinInstnId/PstlAdr', address),
});

/** A company. */
export const party = group({
  name: optional('Nm', text(140)),
  address: optional('PstlAdr', address),
  bic: optional('Id/OrgId/AnyBIC', bic),
  lei: optional('Id/OrgId/LEI', lei),
  /** Other numbers of it, for example a USCI. */
  numbers: any('Id/OrgId/Othr', group({ id: one('Id', text(35)), scheme: optional('SchmeNm', codeOrOwn) })),
});

/** A company, or a bank. */
export const partyOrAgent = choice({ party: optional('Pty', party), agent: optional('Agt', agent) });

/** Why something was refused, returned or recalled. */
export const reason = group({
  reason: optional('Rsn', codeOrOwn),
  /** In words. */
  information: any('AddtlInf', text(105)),
});

/** What a payment is for, in words. */
export const remittance = any('RmtInf/Ustrd', text(140));

/** A bank in a message. */
export type MessageAgent = FormOut<typeof agent>;
/** A company in a message. */
export type MessageParty = FormOut<typeof party>;
/** A bank, as it is given to write a message. */
export type MessageAgentInput = FormIn<typeof agent>;
/** A company, as it is given to write a message. */
export type MessagePartyInput = FormIn<typeof party>;
