// Closed forms of the M/M/c queue, as truth for what the simulator estimates.

/** An M/M/c queue: arrivals and service per unit of time. */
export interface MmcQueue {
  readonly lambda: number
  readonly mu: number
  readonly servers: number
}

/**
 * Probability that an arrival has to wait.
 *
 * D. Gross, C. Harris, "Fundamentals of Queueing Theory", 3rd edition (1998), section 2.3, Erlang C from the recursion of
 * Erlang B: B(0) = 1, B(n) = r B(n-1) / (n + r B(n-1)), C = B / (1 - rho (1 - B)). Differs from the source: none.
 */
export function waitProbability({ lambda, mu, servers }: MmcQueue): number {
  const offered = lambda / mu
  let blocked = 1
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked)
  return blocked / (1 - (offered / servers) * (1 - blocked))
}

/** Mean time in the system: C / (c mu - lambda) + 1 / mu, ibid. */
export function meanSojourn(queue: MmcQueue): number {
  return waitProbability(queue) / (queue.servers * queue.mu - queue.lambda) + 1 / queue.mu
}

/**
 * Probability that the time in the system exceeds t: exponential service after a wait that is 0 with probability 1 - C and
 * exponential of rate d = c mu - lambda otherwise, ibid., so (1 - C) e^(-mu t) + C (d e^(-mu t) - mu e^(-d t)) / (d - mu).
 */
function sojournTail(queue: MmcQueue, t: number): number {
  const wait = waitProbability(queue)
  const { mu } = queue
  const drain = queue.servers * mu - queue.lambda
  const both = (drain * Math.exp(-mu * t) - mu * Math.exp(-drain * t)) / (drain - mu)
  return (1 - wait) * Math.exp(-mu * t) + wait * both
}

/** Quantile of the time in the system, by bisection. */
export function sojournQuantile(queue: MmcQueue, probability: number): number {
  return quantileOf((t) => sojournTail(queue, t), probability, meanSojourn(queue))
}

/** The t at which a falling `tail` is 1 - `probability`; `scale` is a time of its order. */
export function quantileOf(tail: (t: number) => number, probability: number, scale: number): number {
  let low = 0
  let high = scale
  while (tail(high) > 1 - probability) high *= 2
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2
    if (tail(middle) > 1 - probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
