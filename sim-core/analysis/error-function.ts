// The error function and its complement, precise also far in the tail.
import { lowerGammaRatio, upperGammaRatio } from './gamma-function.ts'

/** erf(x) = 2 / sqrt(π) ∫0..x e^-t² dt. NIST Digital Library of Mathematical Functions, 7.11.1: erf(x) = P(1/2, x²), x >= 0. */
export function erf(x: number): number {
  return x < 0 ? -lowerGammaRatio(0.5, x * x) : lowerGammaRatio(0.5, x * x)
}

/** erfc(x) = 1 - erf(x). NIST Digital Library of Mathematical Functions, 7.11.2: erfc(x) = Q(1/2, x²), x >= 0. */
export function erfc(x: number): number {
  return x < 0 ? 1 + lowerGammaRatio(0.5, x * x) : upperGammaRatio(0.5, x * x)
}
