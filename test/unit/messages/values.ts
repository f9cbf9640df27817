/** What the tests of the messages fill in: values by chance, of every kind that the messages hold. */
import fc, { type Arbitrary } from 'fast-check';

/** How much of a message is filled in: what must be there, everything, or anything between. */
export type Extent = 'least' | 'full' | 'any';

/** Characters that XML reserves, of more than one byte, of more than one unit of UTF-16, and blanks between them. */
const CHARACTERS = Array.from('aZ09 .,-/+?:()&<>"\';#]钢铁力拓é😀');

/** Text of at most so many characters, without blanks at its ends. */
export const text = (length: number): Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: length })
    .map((characters) => characters.join('').trim())
    .filter((value) => value !== '');

/** A field that may be left out. */
export interface Maybe<T> {
  readonly maybe: Arbitrary<T>;
}

/** Marks a field that may be left out. */
export const maybe = <T>(arbitrary: Arbitrary<T>): Maybe<T> => ({ maybe: arbitrary });

type Fields = Readonly<Record<string, Arbitrary<unknown> | Maybe<unknown>>>;

/** Objects and lists, for every extent. */
class Groups {
  readonly #extent: Extent;

  constructor(extent: Extent) {
    this.#extent = extent;
  }

  /** An object with its fields. */
  readonly record = <T>(fields: Fields): Arbitrary<T> => {
    const isNeeded = (key: string): boolean => !('maybe' in (fields[key] ?? {}));
    const kept = Object.entries(fields).filter(([key]) => this.#extent !== 'least' || isNeeded(key));
    const model = Object.fromEntries(kept.map(([key, each]) => [key, 'maybe' in each ? each.maybe : each]));
    const requiredKeys = this.#extent === 'full' ? Object.keys(model) : Object.keys(model).filter(isNeeded);
    return fc.record(model, { requiredKeys }) as Arbitrary<T>;
  };

  /** A list, with at least so many. */
  readonly list = <T>(each: Arbitrary<T>, least = 0): Arbitrary<T[]> => {
    const [minLength, maxLength] = { least: [least, least], full: [2, 2], any: [least, 3] }[this.#extent] as [
      number,
      number,
    ];
    return fc.array(each, { minLength, maxLength });
  };
}

/** What may stand in a message, for every extent. */
export class Values extends Groups {
  readonly id = text(35);
  readonly status = fc.constantFrom('ACCC', 'ACSP', 'RJCT', 'PDNG');
  readonly uetr = fc.uuid({ version: 4 });
  readonly date = fc
    .integer({ min: 0, max: 364 })
    .map((day) => new Date(Date.UTC(2027, 0, 1 + day)).toISOString().slice(0, 10));
  readonly instant = fc.constantFrom('2027-03-23T10:11:00+08:00', '2027-03-23T02:11:00Z', '2027-03-23T02:11:00.125');
  readonly bic = fc.constantFrom('DEMOCNBJXXX', 'DEMOAU2S');
  readonly lei = fc.constantFrom('DEMO00RIOTINTOIRON56');
  readonly boolean = fc.boolean();
  readonly creditDebit = fc.constantFrom('CRDT', 'DBIT');
  /** Currencies of two, no and three decimals. */
  readonly money = fc.record({
    minor: fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String),
    currency: fc.constantFrom('USD', 'JPY', 'KWD', 'CNY'),
  });
  readonly account = fc.oneof(
    fc.constant({ scheme: 'IBAN' as const, id: 'DE89370400440532013000' }),
    text(34).map((id) => ({ scheme: 'OTHER' as const, id })),
  );
  readonly codeOrOwn = fc.oneof(fc.record({ code: fc.constantFrom('SALA', 'AC04') }), fc.record({ own: this.id }));
  readonly address = this.record({
    ...{ street: maybe(text(70)), building: maybe(text(16)), postCode: maybe(text(16)), town: text(35) },
    ...{ subdivision: maybe(text(35)), country: fc.constantFrom('CN', 'AU'), lines: maybe(this.list(text(70))) },
  });
  readonly agent = this.record({
    ...{ bic: this.bic, lei: maybe(this.lei), name: maybe(text(140)), address: maybe(this.address) },
    clearing: maybe(this.record({ system: maybe(fc.constant('CNAPS')), member: this.id })),
  });
  readonly party = this.record({
    ...{ name: text(140), address: maybe(this.address), bic: maybe(this.bic), lei: maybe(this.lei) },
    numbers: maybe(this.list(this.record({ id: this.id, scheme: maybe(this.codeOrOwn) }))),
  });
  readonly partyOrAgent = fc.oneof(fc.record({ party: this.party }), fc.record({ agent: this.agent }));
  readonly reasons = maybe(
    this.list(this.record({ reason: this.codeOrOwn, information: maybe(this.list(text(105))) })),
  );
  readonly remittance = maybe(this.list(text(140)));
  readonly chargeBearer = fc.constantFrom('DEBT', 'CRED', 'SHAR', 'SLEV');
  readonly page = this.record({ number: fc.integer({ min: 1, max: 99_999 }), last: this.boolean });
}
