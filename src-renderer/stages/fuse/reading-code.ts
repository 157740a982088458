/**
 * How a dataset is read with h5py, as Python to copy.
 * @param path absolute path of the dataset file
 */
export function readingCode(path: string): string {
  return `import h5py

with h5py.File(${JSON.stringify(path)}) as f:
    data = f["data"]
    print(len(data["AGBD Values"]), "samples")

    bands = data["Sentinel-2 L2A"][0, 1:] / 10000  # reflectance, 11 x 32 x 32
    scl = data["Sentinel-2 L2A"][0, 0]             # scene classes, 32 x 32
    altitude, slope = data["CopDEM"][0]            # 32 x 32 each
    land_cover = data["WorldCover"][0, 0]          # classes, 32 x 32
    agbd = data["AGBD Values"][0, 0]               # Mg/ha
    shot = data["GEDI Shot Number"][0, 0]          # int64, exact
    product = data["Sentinel-2 Product Name"].asstr()[0, 0]`
}
