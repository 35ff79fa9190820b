// What a hedged call is and where the idea comes from, for the language and the catalogue.

/** Hedged calls, as the catalogue lists them; `id` is the key under which a policy sets them up. */
export const hedging = {
  id: 'hedge',
  label: 'Hedged calls',
  help: 'Sends further tries while the ones before are under way, and takes the first answer.',
  source:
    'J. Dean, L. A. Barroso, "The Tail at Scale", Communications of the ACM 56(2), 2013, "Hedged requests"; gRPC proposal A6, ' +
    '"Client Retries", 2017, "Hedging Policy".',
  differs: 'Servers cannot ask for a pause.',
}
