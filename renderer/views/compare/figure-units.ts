/** In which unit a figure or a series is told, by the end of its name. */

/** As `figureText` takes it. */
export function unitOfFigure(name: string): string {
  if (name.endsWith('_ms')) return 'ms'
  if (name.endsWith('_rps')) return 'req/s'
  if (/(?:ratio|utilisation|probability)$/u.test(name)) return 'ratio'
  return /(?:^|[._/])bytes$/u.test(name) ? 'bytes' : 'count'
}
