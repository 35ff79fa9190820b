// Types for the parts of jStat that tests compare our statistics with; the package brings none.
declare module 'jstat' {
  interface OneParameter {
    cdf(x: number, parameter: number): number
    inv(p: number, parameter: number): number
  }
  interface TwoParameters {
    cdf(x: number, first: number, second: number): number
    inv(p: number, first: number, second: number): number
  }
  interface JStat {
    readonly studentt: OneParameter
    readonly chisquare: OneParameter
    readonly normal: TwoParameters
    readonly beta: TwoParameters
    gammaln(x: number): number
    erf(x: number): number
  }
  const jStat: JStat
  export = jStat
}
