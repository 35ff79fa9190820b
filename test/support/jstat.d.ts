// Types for the parts of jStat that tests compare our statistics with; the package brings none.
declare module 'jstat' {
  /** A distribution with parameters of its own, in jStat's order. */
  interface JStatDistribution {
    readonly pdf: (x: number, ...parameters: number[]) => number
    readonly cdf: (x: number, ...parameters: number[]) => number
    readonly inv: (probability: number, ...parameters: number[]) => number
  }
  interface JStat {
    readonly gamma: JStatDistribution
    readonly beta: JStatDistribution
    readonly studentt: JStatDistribution
    readonly chisquare: JStatDistribution
    readonly normal: JStatDistribution
    readonly lognormal: JStatDistribution
    readonly weibull: JStatDistribution
    readonly triangular: JStatDistribution
  }
  const library: { readonly jStat: JStat }
  export default library
}
