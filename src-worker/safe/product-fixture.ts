import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { BANDS } from '../../src-shared/dataset/bands'

/** What a test's product says of itself. */
export interface ProductFacts {
  product: string
  datetime: string
  cloudCover: number
  /** `05.00` */
  baseline: string
  epsg: number
  grid: { x0: number; y0: number; width: number; height: number }
  /** BOA_ADD_OFFSET of all bands; none in the metadata where null. */
  offset: number | null
}

export const FACTS: ProductFacts = {
  product: 'S2A_MSIL2A_20200604T102031_N0214_R065_T32TNT_20200604T141145',
  datetime: '2020-06-04T10:25:12.345Z',
  cloudCover: 12.5,
  baseline: '02.14',
  epsg: 32632,
  grid: { x0: 499_980, y0: 5_300_040, width: 10_980, height: 10_980 },
  offset: null,
}

/** Folder of a product's granule, and name of a band's file without extension. */
export function granuleOf({ product }: ProductFacts): string {
  return `GRANULE/L2A_${product.slice(38, 44)}_A025860_${product.slice(11, 26)}`
}

export function bandName(facts: ProductFacts, band: string, resolution: number): string {
  const { product } = facts
  return `${granuleOf(facts)}/IMG_DATA/R${resolution}m/${product.slice(38, 44)}_${product.slice(11, 26)}_${band}_${resolution}m`
}

/** MTD_MSIL2A.xml in the form of baseline 04.00, as far as the program reads it. */
export function productMetadata(facts: ProductFacts): string {
  const { product, datetime, cloudCover, baseline, offset } = facts
  const images = BANDS.map(
    ({ name, resolution }) => `<IMAGE_FILE>${bandName(facts, name, resolution)}</IMAGE_FILE>`,
  )
  const offsets = Array.from(
    { length: 13 },
    (_, id) => `<BOA_ADD_OFFSET band_id="${id}">${String(offset)}</BOA_ADD_OFFSET>`,
  )
  return `<?xml version='1.0' encoding='UTF-8'?>
<n1:Level-2A_User_Product xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/User_Product_Level-2A.xsd">
  <n1:General_Info>
    <Product_Info>
      <PRODUCT_START_TIME>${datetime}</PRODUCT_START_TIME>
      <PRODUCT_URI>${product}.SAFE</PRODUCT_URI>
      <PROCESSING_BASELINE>${baseline}</PROCESSING_BASELINE>
      <Product_Organisation><Granule_List><Granule>${images.join('')}</Granule></Granule_List></Product_Organisation>
    </Product_Info>
    <Product_Image_Characteristics>
      ${offset === null ? '' : `<BOA_ADD_OFFSET_VALUES_LIST>${offsets.join('')}</BOA_ADD_OFFSET_VALUES_LIST>`}
    </Product_Image_Characteristics>
  </n1:General_Info>
  <n1:Quality_Indicators_Info>
    <Cloud_Coverage_Assessment>${cloudCover}</Cloud_Coverage_Assessment>
  </n1:Quality_Indicators_Info>
</n1:Level-2A_User_Product>
`
}

/** MTD_TL.xml in the form of baseline 04.00, as far as the program reads it. */
export function tileMetadata({ datetime, epsg, grid }: ProductFacts): string {
  const sizes = [10, 20, 60].map((step) => {
    const pixels = (count: number): number => Math.ceil((count * 10) / step)
    return `<Size resolution="${step}"><NROWS>${pixels(grid.height)}</NROWS><NCOLS>${pixels(grid.width)}</NCOLS></Size>
      <Geoposition resolution="${step}"><ULX>${grid.x0}</ULX><ULY>${grid.y0}</ULY><XDIM>${step}</XDIM><YDIM>-${step}</YDIM></Geoposition>`
  })
  return `<?xml version='1.0' encoding='UTF-8'?>
<n1:Level-2A_Tile_ID xmlns:n1="https://psd-14.sentinel2.eo.esa.int/PSD/S2_PDI_Level-2A_Tile_Metadata.xsd">
  <n1:General_Info><SENSING_TIME metadataLevel="Standard">${datetime}</SENSING_TIME></n1:General_Info>
  <n1:Geometric_Info>
    <Tile_Geocoding metadataLevel="Brief">
      <HORIZONTAL_CS_CODE>EPSG:${epsg}</HORIZONTAL_CS_CODE>
      ${sizes.join('\n      ')}
    </Tile_Geocoding>
    <Tile_Angles metadataLevel="Standard"><VALUES>76.3 76.4</VALUES></Tile_Angles>
  </n1:Geometric_Info>
</n1:Level-2A_Tile_ID>
`
}

/** The files of a product by name within its folder; bands hold their name. */
export function productFiles(facts: ProductFacts): Map<string, string> {
  const files = new Map([
    ['MTD_MSIL2A.xml', productMetadata(facts)],
    [`${granuleOf(facts)}/MTD_TL.xml`, tileMetadata(facts)],
  ])
  for (const { name, resolution } of BANDS) {
    files.set(`${bandName(facts, name, resolution)}.jp2`, name)
    // Every coarser resolution has the finer bands as well.
    if (name !== 'SCL' && resolution < 60) files.set(`${bandName(facts, name, 60)}.jp2`, `${name} at 60 m`)
  }
  return files
}

/** Writes a product's folder into another, and says where it is. */
export function writeProduct(folder: string, facts: ProductFacts, files = productFiles(facts)): string {
  const path = join(folder, `${facts.product}.SAFE`)
  for (const [name, content] of files) {
    mkdirSync(dirname(join(path, name)), { recursive: true })
    writeFileSync(join(path, name), content)
  }
  return path
}
