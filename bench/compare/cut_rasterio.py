"""Cuts windows the way scripts do: opens every file anew for each footprint. One JSON object in, one out.

In: {"table": CSV, "bands": [[path, metres a pixel, nearest]], "epsg": N, "x0": X, "y0": Y,
     "dem": [path, ...], "landcover": path, "seconds": S}
Out: {"footprints": N, "bands": {"seconds", "cpu"}, "tiles": {"seconds", "cpu"}, "sums": [...]}, the sums being those of
the 10 m pixels of each footprint, for comparison with what the program cuts.
"""
import csv
import json
import math
import sys
import time

import numpy as np
import rasterio
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window


class Stopwatch:
    def __init__(self):
        self.seconds = self.cpu = 0.0

    def __enter__(self):
        self.wall, self.process = time.perf_counter(), time.process_time()

    def __exit__(self, *_):
        self.seconds += time.perf_counter() - self.wall
        self.cpu += time.process_time() - self.process

    def result(self):
        return {"seconds": self.seconds, "cpu": self.cpu}


def read_bands(job, col, row):
    """12 x 32 x 32, by GDAL's own resampling of a window."""
    layers = []
    for path, resolution, nearest in job["bands"]:
        factor = resolution / 10
        window = Window(col / factor, row / factor, 32 / factor, 32 / factor)
        with rasterio.open(path) as source:
            how = Resampling.nearest if nearest else Resampling.bilinear
            layers.append(source.read(1, window=window, out_shape=(32, 32), resampling=how).astype(np.uint16))
    return np.stack(layers)


def read_tiles(job, col, row, lon, lat):
    """Altitude and land cover, warped onto the window."""
    transform = Affine(10, 0, job["x0"] + 10 * col, 0, -10, job["y0"] - 10 * row)
    grid = dict(crs=f"EPSG:{job['epsg']}", transform=transform, width=32, height=32)
    cell = f"N{math.floor(lat):02d}_00_E{math.floor(lon):03d}_00"
    dem = next(path for path in job["dem"] if cell in path)
    for path, how in ((dem, Resampling.bilinear), (job["landcover"], Resampling.nearest)):
        with rasterio.open(path) as source, WarpedVRT(source, resampling=how, **grid) as warped:
            warped.read(1)


job = json.load(sys.stdin)
forward = Transformer.from_crs(4326, job["epsg"], always_xy=True)
bands, tiles, sums = Stopwatch(), Stopwatch(), []
with open(job["table"]) as table:
    rows = list(csv.DictReader(table, delimiter=";"))
for footprint in rows:
    lon, lat = float(footprint["lon_lowestmode"]), float(footprint["lat_lowestmode"])
    x, y = forward.transform(lon, lat)
    col = math.floor((x - job["x0"]) / 10 + 0.5) - 16
    row = math.floor((job["y0"] - y) / 10 + 0.5) - 16
    with bands:
        image = read_bands(job, col, row)
    with tiles:
        read_tiles(job, col, row, lon, lat)
    sums.append(int(sum(layer.sum(dtype=np.int64) for layer, (_, metres, _) in zip(image, job["bands"]) if metres == 10)))
    if bands.seconds + tiles.seconds > job["seconds"] and len(sums) >= 20:
        break
json.dump({"footprints": len(sums), "bands": bands.result(), "tiles": tiles.result(), "sums": sums}, sys.stdout)
