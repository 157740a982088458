"""Leakage by PROJ and brute force: JSON of two lists of [lon, lat] in, JSON of the windows and of all pairs' outcome out."""
import functools
import json
import sys

import numpy as np
from pyproj import Geod, Transformer

EDGES = [10, 50, 100, 320, 1000, 5000, 20000, 100000]


@functools.cache
def zone(epsg):
    return Transformer.from_crs(4326, int(epsg), always_xy=True)


def windows(places):
    rows = []
    for lon, lat in places:
        epsg = (32700 if lat < 0 else 32600) + int((lon + 180) // 6) + 1
        x, y = zone(epsg).transform(lon, lat)
        # The raster of a Sentinel-2 tile begins at a multiple of 10 m.
        x0, y0 = 300000, 9000000
        left = x0 + 10 * (np.floor((x - x0) / 10 + 0.5) - 16)
        top = y0 - 10 * (np.floor((y0 - y) / 10 + 0.5) - 16)
        rows.append((epsg, left, top))
    return np.array(rows)


def shares(window):
    """Whether a window is less than an edge away from some train window, each time in the zone of the latter."""
    centre = zone(window[0]).transform(window[1] + 160, window[2] - 160, direction="INVERSE")
    for epsg in np.unique(train[:, 0]):
        others = train[train[:, 0] == epsg, 1:]
        x, y = zone(epsg).transform(*centre)
        corner = window[1:] if epsg == window[0] else np.array([x - 160, y + 160])
        if (np.abs(others - corner) < 320).all(axis=1).any():
            return True
    return False


data = json.load(sys.stdin)
train, test = windows(data["train"]), windows(data["test"])
lon, lat = np.array(data["train"]).T
geod = Geod(ellps="WGS84")
nearest = []
for x, y in data["test"]:
    nearest.append(geod.inv(np.full(len(lon), x), np.full(len(lon), y), lon, lat)[2].min())
json.dump(
    {
        "windows": test.tolist(),
        "sharing": sum(shares(window) for window in test),
        "nearest": nearest,
        "distances": np.bincount(np.digitize(nearest, EDGES), minlength=9).tolist(),
        "median": sorted(nearest)[(len(nearest) + 1) // 2 - 1],
    },
    sys.stdout,
)
