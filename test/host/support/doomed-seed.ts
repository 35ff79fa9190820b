// The seed that kills the thread of `doomed.worker.ts`.

/** Whoever simulates with it dies. */
export const DOOMED_SEED = 13
