/** A chart as a picture to keep: its title, what the canvas shows, and its legend. */
import type { LineStyle } from './chart-colours.ts'
import type { ChartPalette } from './chart-types.ts'

const SCALE = 2
const PAD_PX = 12
const TITLE_PX = 32
const ROW_PX = 20

export interface PictureParts {
  readonly title: string
  /** A second line under the title, such as `Black Friday, run 41, not converged`. */
  readonly subtitle: string
  readonly canvas: HTMLCanvasElement
  readonly widthPx: number
  readonly heightPx: number
  readonly legend: readonly { readonly text: string; readonly style: LineStyle }[]
  readonly palette: ChartPalette
}

/** A PNG, at twice the size of the screen. */
export async function chartPicture(parts: PictureParts): Promise<Blob> {
  const { palette, legend, widthPx, heightPx } = parts
  const headPx = TITLE_PX + (parts.subtitle === '' ? 0 : ROW_PX)
  const picture = document.createElement('canvas')
  picture.width = (widthPx + 2 * PAD_PX) * SCALE
  picture.height = (headPx + heightPx + legend.length * ROW_PX + 2 * PAD_PX) * SCALE
  const pen = picture.getContext('2d')
  if (pen === null) throw new Error('this browser cannot draw pictures')
  pen.scale(SCALE, SCALE)
  pen.fillStyle = palette.surface
  pen.fillRect(0, 0, picture.width, picture.height)
  pen.textBaseline = 'middle'
  pen.fillStyle = palette.text
  pen.font = `600 14px ${palette.fontFamily}`
  pen.fillText(parts.title, PAD_PX, PAD_PX + 8)
  pen.font = `12px ${palette.fontFamily}`
  pen.fillStyle = palette.dimmed
  if (parts.subtitle !== '') pen.fillText(parts.subtitle, PAD_PX, PAD_PX + 28)
  pen.drawImage(parts.canvas, PAD_PX, PAD_PX + headPx, widthPx, heightPx)
  for (const [index, { text, style }] of legend.entries()) {
    const y = PAD_PX + headPx + heightPx + index * ROW_PX + ROW_PX / 2
    pen.fillStyle = style.colour
    pen.fillRect(PAD_PX, y - 2, 16, 4)
    pen.fillStyle = palette.text
    pen.fillText(text, PAD_PX + 24, y)
  }
  return new Promise((resolve, reject) => {
    picture.toBlob((blob) => (blob === null ? reject(new Error('the picture could not be made')) : resolve(blob)))
  })
}
