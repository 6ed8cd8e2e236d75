import type { Page } from './page.ts'

/** How many dots of a part of a page have which colour. */
export interface Colours {
  readonly green: number
  readonly red: number
  readonly dark: number
}

/** Counts the colours of an element as it is painted on the screen. */
export async function coloursOf(
  page: Page,
  element: ReturnType<Page['locator']>,
): Promise<Colours> {
  const picture = await element.screenshot()
  return page.evaluate(countColours, picture.toString('base64'))
}

interface Picture {
  src: string
  readonly width: number
  readonly height: number
  decode(): Promise<void>
}
declare const Image: new () => Picture
declare const OffscreenCanvas: new (
  width: number,
  height: number,
) => {
  getContext(kind: '2d'): {
    drawImage(picture: Picture, x: number, y: number): void
    getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8Array }
  }
}

/** Runs in the page. */
async function countColours(base64: string): Promise<Colours> {
  const picture = new Image()
  picture.src = `data:image/png;base64,${base64}`
  await picture.decode()
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context.drawImage(picture, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const count = { green: 0, red: 0, dark: 0 }
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(at, at + 3)
    if (green > 90 && green > red * 1.3 && green > blue * 1.1) count.green += 1
    if (red > green * 2) count.red += 1
    if (red + green + blue < 200) count.dark += 1
  }
  return count
}
