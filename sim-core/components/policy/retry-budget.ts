// What bounds retries as a share of all calls: the interface of the retry budget family, and its parameters.

/** A budget of retries, shared by all calls to one service under one policy. No method allocates. */
export interface RetryBudget {
  /** A call begins: its first try is free. */
  onCall(): void
  /** The call is over, however it ended. */
  onCallEnd(): void
  /** A try has ended; `tries` counts those of its call so far. */
  onTryEnd(success: boolean, tries: number): void
  /** True if one more try may be made, which is paid for at once. `timedOut`: the try before was given up at its deadline. */
  tryRetry(timedOut: boolean): boolean
  /** A try that was paid for has ended. */
  onRetryEnd(): void
  /** How much of it is left, 0 to 1. */
  left(): number
}

/** What budgets are made from. Each kind reads the parameters that its definition lists. */
export interface BudgetParameters {
  readonly ratio: number
  readonly start: number
  readonly max: number
  readonly tokens: number
  readonly refund: number
  readonly minRetries: number
  readonly cost: number
  readonly timeoutCost: number
}

/** The name of a budget parameter. */
export type BudgetParameterId = keyof BudgetParameters

const MAX_TOKENS = 1_000_000

/** Every parameter, once for all kinds. */
export const budgetParameters = {
  ratio: { key: 'ratio', quantity: 'ratio', min: 0, max: 1, help: 'Retries per call.' },
  start: { key: 'start', quantity: 'number', min: 0, max: MAX_TOKENS, help: 'Retries that may be made at the start.' },
  max: { key: 'max', quantity: 'number', min: 1, max: MAX_TOKENS, help: 'Retries that can be saved up.' },
  tokens: { key: 'tokens', quantity: 'number', min: 1, max: MAX_TOKENS, help: 'Tokens at the start, and at most.' },
  refund: {
    key: 'refund',
    quantity: 'number',
    min: 0.001,
    max: 1000,
    help: 'Tokens that a success brings back; a failure costs one.',
  },
  minRetries: {
    key: 'min_retries',
    quantity: 'count',
    min: 0,
    max: MAX_TOKENS,
    help: 'Retries that may be under way however few calls there are.',
  },
  cost: { key: 'cost', quantity: 'number', min: 0, max: MAX_TOKENS, help: 'Tokens that a retry costs.' },
  timeoutCost: {
    key: 'timeout_cost',
    quantity: 'number',
    min: 0,
    max: MAX_TOKENS,
    help: 'Tokens that a retry after a timeout costs.',
  },
} as const

/** What holds where neither a scenario nor the kind says otherwise: a tenth, ten at the start, a hundred saved up. */
export const BUDGET_DEFAULTS: BudgetParameters = {
  ratio: 0.1,
  start: 10,
  max: 100,
  tokens: 10,
  refund: 0.1,
  minRetries: 3,
  cost: 5,
  timeoutCost: 10,
}

/** A retry budget as the catalogue lists it. */
export interface BudgetDefinition {
  readonly id: string
  readonly label: string
  /** One or two sentences for the user. */
  readonly help: string
  /** Authors, title, year, section. */
  readonly source: string
  /** Where it differs from the source; empty when it does not. */
  readonly differs: string
  /** The parameters it reads. */
  readonly parameters: readonly BudgetParameterId[]
  /** Its own defaults, where they are not those of all kinds. */
  readonly defaults: Partial<BudgetParameters>
  create(parameters: BudgetParameters): RetryBudget
}
