/** Which step from which state: every step x every state, written down by hand from the rules. */
import { describe, expect, it } from '@jest/globals';
import {
  assertBeforeDue,
  assertCertificate,
  assertDue,
  assertSlice,
  certificateState,
  sliceState,
  type CertificateState,
  type SliceState,
} from '../../../chaincode/src/domain/lifecycle.js';
import { CERTIFICATE_STEPS, SLICE_STEPS } from '../../../chaincode/src/domain/states.js';
import { codeOf } from '../protocol/support.js';
import {
  changed,
  CONFIRMATION,
  DUE,
  OFFERED,
  OFFERED_SLICE,
  presented,
  PRESENTMENT,
  REJECTION,
  SLICE,
  statusOf,
  TERMS,
  TODAY,
} from '../../commands/support/facts.js';

const YES = { answered: undefined };
const S = 'STATE';
const L = 'OFFER_LAPSED';

describe('certificates', () => {
  type Row = readonly [CertificateState, ...(typeof YES | string)[]];
  const STEPS = ['confirm', 'reject', 'offer', 'accept', 'decline', 'unwind', 'redeem', 'reinstate'] as const;
  // prettier-ignore
  const TABLE: readonly Row[] = [
    //             confirm reject offer accept decline unwind redeem reinstate
    ['SUBMITTED',  YES,    YES,   S,    S,     S,      S,     S,    S ],
    ['REJECTED',   S,      S,     S,    S,     S,      YES,   S,    S ],
    ['CONFIRMED',  S,      S,     YES,  S,     S,      YES,   S,    S ],
    ['OFFERED',    S,      S,     S,    YES,   YES,    S,     S,    S ],
    ['LAPSED',     S,      S,     S,    L,     L,      YES,   S,    S ],
    ['DECLINED',   S,      S,     S,    S,     S,      YES,   S,    S ],
    ['ACTIVE',     S,      S,     S,    S,     S,      S,     YES,    YES ],
    ['SETTLED',    S,      S,     S,    S,     S,      S,     S,    YES ],
    ['UNWOUND',    S,      S,     S,    S,     S,      S,     S,    S ],
  ];
  const rows = TABLE.flatMap(([state, ...outcomes]) =>
    STEPS.map((step, index) => ({ state, step, outcome: outcomes[index] })),
  );

  it.each(rows)('$step from $state: $outcome', ({ state, step, outcome }) => {
    expect(
      codeOf(() => {
        assertCertificate(step, state);
      }),
    ).toEqual(outcome);
  });

  it('has no step that the table lacks', () => {
    expect(Object.keys(CERTIFICATE_STEPS).sort()).toEqual([...STEPS].sort());
  });

  it('names the state in the refusal', () => {
    expect(
      codeOf(() => {
        assertCertificate('offer', 'SETTLED');
      }, true),
    ).toEqual([S, { state: 'SETTLED' }]);
  });

  const confirmed = CONFIRMATION.record;
  it.each([
    ['neither confirmed nor rejected', undefined, undefined, 'SUBMITTED'],
    ['confirmed', confirmed, undefined, 'CONFIRMED'],
    ['rejected', REJECTION.record, undefined, 'REJECTED'],
    ['offered until later', confirmed, OFFERED.record, 'OFFERED'],
    ['offered until today', confirmed, { ...OFFERED.record, offerExpiresOn: TODAY }, 'OFFERED'],
    ['offered until yesterday', confirmed, { ...OFFERED.record, offerExpiresOn: '2026-11-22' }, 'LAPSED'],
    ['offered without a date', confirmed, statusOf('OFFERED').record, 'LAPSED'],
    ['accepted', confirmed, statusOf('ACTIVE').record, 'ACTIVE'],
    [
      'accepted, the offer over',
      confirmed,
      { ...OFFERED.record, state: 'ACTIVE' as const, offerExpiresOn: '2026-01-01' },
      'ACTIVE',
    ],
    ['declined', confirmed, statusOf('DECLINED').record, 'DECLINED'],
    ['settled', confirmed, statusOf('SETTLED').record, 'SETTLED'],
    ['unwound', confirmed, statusOf('UNWOUND').record, 'UNWOUND'],
    ['unwound after a rejection', REJECTION.record, statusOf('UNWOUND').record, 'UNWOUND'],
    ['rejected, and offered all the same', REJECTION.record, OFFERED.record, 'REJECTED'],
    ['rejected, and alive all the same', REJECTION.record, statusOf('ACTIVE').record, 'REJECTED'],
    [
      'rejected and unwound, its status lost',
      { ...REJECTION.record, outcome: 'UNWOUND' as const },
      undefined,
      'UNWOUND',
    ],
    [
      'rejected and unwound, and offered all the same',
      { ...REJECTION.record, outcome: 'UNWOUND' as const },
      OFFERED.record,
      'UNWOUND',
    ],
  ])('a certificate %s is in its state', (_what, confirmation, status, state) => {
    expect(certificateState(confirmation, status, TODAY)).toBe(state);
  });
});

describe('slices', () => {
  type Row = readonly [SliceState, ...(typeof YES | string)[]];
  const STEPS = [
    ...(['split', 'offer', 'present', 'accept', 'decline', 'acknowledge', 'withdraw', 'discharge'] as const),
    ...(['reopen', 'dischargeAcknowledged', 'redeem', 'report', 'presentUnderMandate'] as const),
    ...(['allocate', 'complete', 'release', 'unpledge', 'realise', 'reinstate', 'takeOut', 'settle'] as const),
  ] as const;
  // prettier-ignore
  const TABLE: readonly Row[] = [
    //               split offer present accept decline acknowl withdraw discharge reopen acknowledged redeem report byMandate allocate complete release unpledge realise reinstate takeOut settle
    ['FREE',         YES , YES , YES   , S    , S     , S     , S      , S       , S    , S          , S    , S    , YES     , YES    , S      , S     , S      , S       , S , S, YES ],
    ['OFFERED',      S   , S   , S     , YES  , YES   , S     , S      , S       , S    , S          , S    , S    , S       , S      , S      , S     , S      , S       , S , S, S ],
    ['PLEDGED',      S   , S   , S     , S    , S     , S     , S      , S       , S    , S          , S    , S    , S       , S      , S      , S     , YES    , YES     , S , S, S ],
    ['ALLOCATED',    S   , S   , S     , S    , S     , S     , S      , S       , S    , S          , S    , S    , S       , S      , YES    , YES   , S      , S       , S , S, S ],
    ['PRESENTED',    S   , S   , S     , S    , S     , YES   , YES    , YES     , S    , S          , S    , YES  , S       , S      , S      , S     , S      , S       , S , S, S ],
    ['ACKNOWLEDGED', S   , S   , S     , S    , S     , S     , S      , YES     , YES  , YES        , S    , YES  , S       , S      , S      , S     , S      , S       , S , S, S ],
    ['SPENT',        S   , S   , S     , S    , S     , S     , S      , S       , S    , S          , S    , S    , S       , S      , S      , S     , S      , S       , S , S, S ],
    ['PAID',         S   , S   , S     , S    , S     , S     , S      , S       , S    , S          , YES  , S    , S       , S      , S      , S     , S      , S       , YES , S, S ],
    ['RETURNED',     S   , S   , S     , S    , S     , S     , S      , S       , S    , S          , S    , S    , S       , S      , S      , S     , S      , S       , S , YES, S ],
  ];
  const rows = TABLE.flatMap(([state, ...outcomes]) =>
    STEPS.map((step, index) => ({ state, step, outcome: outcomes[index] })),
  );

  it.each(rows)('$step from $state: $outcome', ({ state, step, outcome }) => {
    expect(
      codeOf(() => {
        assertSlice(step, changed(SLICE, { state }).record, TODAY);
      }),
    ).toEqual(outcome);
  });

  it('has no step that the table lacks', () => {
    expect(Object.keys(SLICE_STEPS).sort()).toEqual([...STEPS].sort());
  });

  // An offer that lapsed leaves the slice with its holder; only what would have answered the offer says why it cannot.
  it.each([
    ['split', YES],
    ['offer', YES],
    ['present', YES],
    ['presentUnderMandate', YES],
    ['settle', YES],
    ['accept', L],
    ['decline', L],
    ['acknowledge', S],
    ['discharge', S],
    ['redeem', S],
  ] as const)('%s after the offer lapsed: %p', (step, outcome) => {
    expect(
      codeOf(() => {
        assertSlice(step, OFFERED_SLICE.record, '2026-12-16');
      }),
    ).toEqual(outcome);
  });

  it.each([
    ['on the last day', OFFERED_SLICE, '2026-12-15', 'OFFERED'],
    ['a day later', OFFERED_SLICE, '2026-12-16', 'FREE'],
    ['presented, long after', presented(PRESENTMENT), '2030-01-01', 'PRESENTED'],
    ['spent, with a stale lock', changed(OFFERED_SLICE, { state: 'SPENT' }), '2030-01-01', 'SPENT'],
    ['offered without a lock', changed(SLICE, { state: 'OFFERED' }), '2030-01-01', 'OFFERED'],
  ])('an offered slice %s is in its state', (_what, slice, date, state) => {
    expect(sliceState(slice.record, date)).toBe(state);
  });

  it('names slice and state in the refusal', () => {
    const spent = changed(SLICE, { state: 'SPENT' }).record;
    expect(
      codeOf(() => {
        assertSlice('split', spent, TODAY);
      }, true),
    ).toEqual([S, { state: 'SPENT', sliceId: SLICE.id }]);
  });
});

describe('the payment date', () => {
  it.each([
    ['2027-03-14', YES, 'DUE_NOT_REACHED'],
    [DUE, 'DUE_REACHED', YES],
    ['2027-03-16', 'DUE_REACHED', YES],
  ])('on %s: passed on %p, presented %p', (date, passedOn, presentedOn) => {
    expect(
      codeOf(() => {
        assertBeforeDue(TERMS.record, date);
      }),
    ).toEqual(passedOn);
    expect(
      codeOf(() => {
        assertDue(TERMS.record, date);
      }),
    ).toEqual(presentedOn);
  });

  it('is the payment date, not the due date', () => {
    const terms = changed(TERMS, { dueDate: '2027-03-13' }).record;
    expect(
      codeOf(() => {
        assertBeforeDue(terms, '2027-03-14');
      }),
    ).toEqual(YES);
    expect(
      codeOf(() => {
        assertDue(terms, '2027-03-14');
      }),
    ).toBe('DUE_NOT_REACHED');
  });
});
