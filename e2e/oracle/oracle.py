#!/usr/bin/python3
"""
An independent implementation of the data contract (SPEC 1 to 3) with GDAL, PROJ and libhdf5, to hold the program's
output against. It knows nothing of the program; all it shares with it is the contract. Default settings, no
subsetting. Needs Debian's python3-h5py, python3-rasterio, python3-pyproj.

    oracle.py make WORLD OUT [CANDIDATES] -> OUT/expected.h5, OUT/rejections.csv
    oracle.py compare EXPECTED RUN        -> one line per difference; status 1 if there is any
    oracle.py agree EXPECTED.h5 OTHER.h5  -> likewise, against another reference of the same layout

WORLD holds gedi/*.h5 and stac/items.json, RUN is an output folder of the program, EXPECTED that of `make`.
"""
import csv
import json
import os
import sys

import h5py
import numpy as np

from comparison import compare, compare_references
from footprints import read_footprints
from scenes import SIZE, Scene, check_scl, choose_scenes
from tiles import LandCover, Terrain, Tile, horn_slope

RADIUS = 12.5
COLUMNS = ["shot", "acq", "dtm", "ll", "agbd", "se", "value", "granule", "product", "crs", "tr", "s2", "frac", "wc",
           "wcname", "dem", "demname"]


class Imagery:
    def __init__(self, world):
        folder = os.path.join(world, "stac")
        with open(os.path.join(folder, "items.json")) as f:
            items = json.load(f)["features"]
        of = lambda collection: [i for i in items if i["collection"] == collection]
        self.scenes = [Scene(i, folder) for i in of("sentinel-2-l2a")]
        self.terrain = Terrain([Tile(i, folder) for i in of("cop-dem-glo-30")])
        covers = [Tile(i, folder) for i in of("esa-worldcover")]
        self.landcover = {y: LandCover([t for t in covers if f"_10m_{y}_" in t.name], y) for y in (2020, 2021)}


def biomass_raster(agbd, x, y, left, top):
    """float32 32 x 32: AGBD where the disc about (x, y) touches the pixel, -9999 elsewhere."""
    edge = 10.0 * np.arange(SIZE)
    dx = np.maximum(0, np.maximum(left + edge - x, x - (left + edge + 10)))
    dy = np.maximum(0, np.maximum(y - (top - edge), top - edge - 10 - y))
    touched = dx[None, :] ** 2 + dy[:, None] ** 2 <= RADIUS ** 2
    return np.where(touched, np.float32(agbd), np.float32(-9999)).astype(np.float32)


def make_sample(footprint, imagery, candidates):
    """A dict of COLUMNS, or the reason for which the footprint is rejected."""
    reasons = []
    for scene, (x, y, col0, row0) in choose_scenes(imagery.scenes, footprint, candidates):
        s2 = scene.cut(col0, row0)
        reasons.append(check_scl(s2[0]))
        if reasons[-1] is None:
            break
    else:
        # SPEC does not say whose reason counts where all candidates reject: the best one's
        return reasons[0] if reasons else "no-scene"
    left, top = scene.transform.c + 10 * col0, scene.transform.f - 10 * row0
    altitude = imagery.terrain.altitude(scene.crs, left - 10, top + 10)
    if altitude is None:
        return "dem-missing"
    slope = horn_slope(altitude)
    if (slope[14:18, 14:18] > 15).any():
        return "slope"
    cover = imagery.landcover[2020 if footprint.acquired.year <= 2020 else 2021]
    classes = cover.classes(scene.crs, left, top)
    if classes is None:
        return "landcover-missing"
    return dict(shot=footprint.shot, acq=footprint.acquired.strftime("%Y-%m-%dT%H:%M:%SZ"), dtm=footprint.delta_time,
                ll=(footprint.lat, footprint.lon), agbd=biomass_raster(footprint.agbd, x, y, left, top)[None],
                se=footprint.se, value=footprint.agbd, granule=footprint.granule, product=scene.product,
                crs=f"EPSG:{scene.crs.to_epsg()}", tr=np.array([10, 0, left, 0, -10, top, 0, 0, 1], np.float32), s2=s2,
                frac=np.bincount(s2[0].ravel(), minlength=12) / 1024, wc=classes[None],
                wcname=cover.name(footprint.lon, footprint.lat), dem=np.stack([altitude[1:-1, 1:-1], slope]),
                demname=imagery.terrain.name(footprint.lon, footprint.lat))


def make(world, out, candidates=1):
    imagery = Imagery(world)
    os.makedirs(out, exist_ok=True)
    rejections = []
    with h5py.File(os.path.join(out, "expected.h5"), "w") as f:
        for split, footprints in read_footprints(os.path.join(world, "gedi")).items():
            samples = []
            for footprint in footprints:
                outcome = make_sample(footprint, imagery, int(candidates))
                if isinstance(outcome, str):
                    rejections.append((footprint.shot, split, outcome))
                else:
                    samples.append(outcome)
            group = f.create_group(split)
            for column in COLUMNS if samples else []:
                values = [s[column] for s in samples]
                group[column] = np.array(values, np.int64) if column == "shot" else values if isinstance(values[0], str) else np.array(values)
            print(f"{split}: {len(footprints)} footprints, {len(samples)} samples")
    with open(os.path.join(out, "rejections.csv"), "w", newline="") as f:
        csv.writer(f).writerows([("shot_number", "split", "reason"), *rejections])


if __name__ == "__main__":
    if sys.argv[1:2] == ["make"] and len(sys.argv) in (4, 5):
        make(*sys.argv[2:])
    elif sys.argv[1:2] in (["compare"], ["agree"]) and len(sys.argv) == 4:
        differences = {"compare": compare, "agree": compare_references}[sys.argv[1]](*sys.argv[2:])
        for difference in differences:
            print(difference)
        sys.exit(1 if differences else 0)
    else:
        sys.exit(__doc__)
