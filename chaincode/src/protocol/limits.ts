/** All limits in one place. */
export const LIMITS = {
  /** Bytes of one request argument. */
  requestBytes: 64 * 1024,
  /** Bytes of the transient fields `private` and `openings`, each. */
  transientBytes: 1024 * 1024,
  /** Bytes of an event's payload: the ids of a request, and the name of its transaction. */
  eventBytes: 65 * 1024,
  /** Calls of one command, on one business date, by which the people of one organisation put something new into the book of another one. */
  intakePlaces: 5000,
  /** Of these places, those at which one call looks. So a call may be refused before the last place is taken, but not before nine in ten are. */
  intakeTries: 100,
  /** Items of one bulk request. */
  bulkItems: 50,
  /** Due slices that one presentment merges by certificate. */
  mergedItems: 200,
  /** Slices of one holder and certificate that are listed as parts of others. What is merged beyond is rewritten one by one. */
  consolidatedItems: 1000,
  /** Presentments that one call discharges. */
  dischargedTogether: 10,
  /** Legs of one batch. */
  batchLegs: 50,
  /** Calendar days from the business date for which a batch is open at most. */
  batchDays: 92,
  /** Calendars of which one value date has to be a business day. */
  jointCalendars: 4,
  /** Sellers with recourse whom a slice names. */
  liable: 20,
  /** Calendar days after the last day of a pledge on which the pledgee can take the slice. */
  realiseDays: 30,
  /** Parts of one split. */
  splitParts: 50,
  /** Documents behind one certificate. */
  claimsPerCertificate: 20,
  /** Certificates that may draw on one document. */
  allocationsPerClaim: 50,
  /** Credit notes on one document. */
  creditsPerClaim: 50,
  /** Earlier documents in whose place one document stands. */
  replacedDocuments: 20,
  /** Calendar days of the business date during which the claim of a document can be confirmed. */
  reservationDays: 30,
  /** Years before the business date in which a document was issued that can still be claimed. */
  documentYears: 10,
  /** Calendar days of the business date during which a registry proposal can be approved. */
  proposalDays: 30,
  /** Calendar days of one step of the business date, unless the next business day is further away. */
  dateStepDays: 7,
  /** Calendar days by which the business date must have fallen behind before its keepers may step it alone. */
  dateLagDays: 7,
  /** Calendar days for which a ticket can be used. */
  ticketDays: 30,
  /** Months for which a credit line is opened. */
  lineMonths: 120,
  /** Months for which a holder lets a bank present its slices. */
  mandateMonths: 24,
  /** Changes in one registry proposal. */
  changesPerProposal: 50,
  /** Organisations that found a registry. */
  founders: 50,
  /** Registered confirming banks. Every claim checks the book of each of them. */
  banks: 30,
  /** Organisations that are leaving or have left. */
  departures: 100,
  /** Versions of the policy. */
  policies: 200,
  /** Parties that a version of the policy names to speak for silent payees. */
  standIns: 10,
  /** Payments that together pay one presentment, or one leg of a batch. */
  partPayments: 10,
  /** Calendar days for which a payee must have been silent before another may speak for it. */
  silentDays: 7,
  /** Calendar days by which the value date of a credit may lie after the business date when it is attested. */
  valueDateDays: 31,
  /** Calendar days by which it may lie before the presentment: ten days of holidays, over which the business date runs ahead, and one step. */
  valueDateGraceDays: 17,
  /** Dates in one list of a calendar. */
  calendarDates: 1000,
  /** Letters of a free text. */
  text: 500,
  /** Rows of one list query that names no other number. */
  pageRows: 100,
  /** Rows of one list query at most. */
  pageRowsMax: 500,
  /** Bytes of stored records in one page of a list query. A page that would hold more ends earlier, but has at least one row. */
  pageBytes: 4 * 1024 * 1024,
  /** Letters of a bookmark. This is enough for every key at which a page can end. */
  bookmark: 8192,
  /** Bytes of the random seed. */
  seedBytes: 32,
  /** Basis points of the whole. Of interest that is shared the issuer pays at least one, and one less than all at most. */
  basisPoints: 10_000,
  /** Per cent a year below which the rate of a quote lies. */
  ratePerCent: 100,
  /** Decimals of such a rate. */
  rateDecimals: 6,
  /** Largest amount in minor units. */
  amountMax: 10n ** 18n,
} as const;
