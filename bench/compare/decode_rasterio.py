"""Decodes all tiles of a raster on one thread, several times. One JSON object in, one out.

In: {"path": path, "repeats": N}
Out: {"tiles": N, "runs": [{"seconds", "cpu"}, ...], "sum": sum of all pixels}
"""
import json
import sys
import time

import numpy as np
import rasterio

job = json.load(sys.stdin)
runs, tiles, total = [], 0, 0
with rasterio.Env(GDAL_NUM_THREADS="1", OPJ_NUM_THREADS="1", GDAL_CACHEMAX=1024):
    for _ in range(job["repeats"]):
        wall, cpu = time.perf_counter(), time.process_time()
        # A dataset opened anew has no decoded blocks.
        with rasterio.open(job["path"]) as source:
            parts = [source.read(1, window=window) for _, window in source.block_windows(1)]
        runs.append({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu})
        tiles = len(parts)
        total = int(sum(part.sum(dtype=np.int64) for part in parts))
json.dump({"tiles": tiles, "runs": runs, "sum": total}, sys.stdout)
