/** Pixels of a saved picture for each pixel on the screen: 300 dots an inch in print. */
const SCALE = 3

/**
 * Draws an SVG file as PNG, three times as large as on the screen.
 * @throws Error where the browser cannot draw it
 */
export async function svgPicture(svg: { text: string; width: number; height: number }): Promise<Blob> {
  const image = new Image(svg.width * SCALE, svg.height * SCALE)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg.text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = image.width
  canvas.height = image.height
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser could not draw the chart.'))
      else resolve(blob)
    }, 'image/png')
  })
}
