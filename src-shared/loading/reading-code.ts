/**
 * How a dataset is read with h5py, as Python: what docs/loading.md, the data card and the window show.
 * @param path of the dataset file
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

/**
 * How a dataset becomes a PyTorch data set, as Python, shown beside `readingCode`. Each process of a loader opens the
 * file for itself; bands and terrain are normalised by the train split.
 * @param path of the dataset file
 * @param statistics path of statistics.json
 */
export function torchCode(path: string, statistics: string): string {
  return `import json

import h5py
import numpy as np
import torch


class Patches(torch.utils.data.Dataset):
    """Bands, altitude and slope (13 x 32 x 32, normalised) with the biomass density of the footprint (Mg/ha)."""

    def __init__(self, path, statistics):
        with open(statistics) as f:
            layers = [s for s in json.load(f)["statistics"] if s["kind"] == "continuous" and s["name"] != "AGBD"]
        self.mean = np.array([s["mean"] for s in layers], np.float32)[:, None, None]
        self.std = np.array([s["standardDeviation"] for s in layers], np.float32)[:, None, None]
        self.path, self.data = path, None
        with h5py.File(path) as f:
            self.length = len(f["data/AGBD Values"])

    def __len__(self):
        return self.length

    def __getitem__(self, i):
        if self.data is None:  # opened here, so that each process of a loader has a file of its own
            self.data = h5py.File(self.path)["data"]
        x = np.concatenate([self.data["Sentinel-2 L2A"][i, 1:], self.data["CopDEM"][i]])
        x = (x.astype(np.float32) - self.mean) / self.std
        return torch.from_numpy(x), torch.from_numpy(self.data["AGBD Values"][i])


patches = Patches(${JSON.stringify(path)}, ${JSON.stringify(statistics)})
loader = torch.utils.data.DataLoader(patches, batch_size=64, shuffle=True, num_workers=4)`
}
