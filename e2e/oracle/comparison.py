"""Holds the datasets and rejections of a run, or of another reference, against those of the oracle."""
import csv
import os

import h5py
import numpy as np

TEXTS = {"acq": "GEDI Acquisition Time", "granule": "GEDI Product Name", "product": "Sentinel-2 Product Name", "crs": "CRS",
         "wcname": "WorldCover Tile Name", "demname": "CopDEM Tile Name"}
SHAPES = {"Sentinel-2 L2A": (12, 32, 32), "WorldCover": (1, 32, 32), "CopDEM": (2, 32, 32), "AGBD Raster": (1, 32, 32),
          "Transforms": (9,), "S2 SCL Stats": (12, 2), "AGBD Values": (1,), "AGBD Standard Error": (1,),
          "GEDI Shot Number": (1,), "GEDI Delta Time": (1,), "GEDI Lat Lon": (2,), **{k: (1,) for k in TEXTS.values()}}
ALTITUDE_TOLERANCE = 0.001  # metres
SLOPE_TOLERANCE = 0.01      # percent
SCL_LABELS = ["NO_DATA", "SATURATED_OR_DEFECTIVE", "CAST_SHADOWS", "CLOUD_SHADOWS", "VEGETATION", "NOT_VEGETATED", "WATER",
              "UNCLASSIFIED", "CLOUD_MEDIUM_PROBABILITY", "CLOUD_HIGH_PROBABILITY", "THIN_CIRRUS", "SNOW or ICE"]


def compare(expected, run):
    """Differences as lines of text; none where the run agrees."""
    differences = compare_rejections(os.path.join(expected, "rejections.csv"), os.path.join(run, "rejections.csv"))
    with h5py.File(os.path.join(expected, "expected.h5"), "r") as e:
        for split in ("train", "test"):
            path = os.path.join(run, f"{split}_dataset.h5")
            if not os.path.exists(path):
                if "shot" in e[split]:
                    differences.append(f"{split}: no dataset, {len(e[split]['shot'])} samples expected")
                continue
            with h5py.File(path, "r") as f:
                differences += [f"{split}: {d}" for d in compare_split(e[split], f["data"])]
    return differences


def compare_rejections(expected, actual):
    def read(path):
        with open(path, newline="") as f:
            rows = list(csv.reader(f))
        assert rows[0] == ["shot_number", "split", "reason"], rows[0]
        return [tuple(r) for r in rows[1:]]
    want, got = read(expected), read(actual)
    out = [f"rejections.csv: {len(got) - len(set(got))} rows twice"] if len(got) != len(set(got)) else []
    out += [f"rejection missing: {' '.join(r)}" for r in sorted(set(want) - set(got))]
    return out + [f"rejection not expected: {' '.join(r)}" for r in sorted(set(got) - set(want))]


def compare_split(e, g):
    out = [f"dataset {k!r} missing or of another shape" for k, s in SHAPES.items() if k not in g or g[k].shape[1:] != s]
    out += [f"dataset {k!r} not expected" for k in set(g) - set(SHAPES)]
    if out:
        return out
    shots = g["GEDI Shot Number"][:, 0].tolist()
    want = e["shot"][:].tolist() if "shot" in e else []
    out += [f"shot {s}: {len([1 for t in shots if t == s])} samples" for s in sorted({s for s in shots if shots.count(s) > 1})]
    out += [f"shot {s}: sample missing" for s in sorted(set(want) - set(shots))]
    out += [f"shot {s}: sample not expected" for s in sorted(set(shots) - set(want))]
    place = {s: i for i, s in enumerate(shots)}
    pairs = [(i, place[s]) for i, s in enumerate(want) if s in place]
    if not pairs:
        return out
    a, b = (list(p) for p in zip(*pairs))
    mine = {k: e[k][:][a] for k in e}
    theirs = {k: g[k][:][b] for k in g}
    for i in range(len(pairs)):
        row = lambda k: theirs[k][i]
        out += [f"shot {mine['shot'][i]}: {d}" for d in compare_sample({k: v[i] for k, v in mine.items()}, row)]
    return out


def compare_references(expected, reference):
    """Differences between expected.h5 and another file of the same layout that GDAL made; B09 may differ by 1 (ties)."""
    out = []
    with h5py.File(expected, "r") as e, h5py.File(reference, "r") as r:
        for split in sorted(set(e) | set(r)):
            orders = [np.argsort(f[split]["shot"][:]) for f in (e, r)]
            for key in sorted(set(e[split]) | set(r[split])):
                x, y = (f[split][key][:][o] for f, o in zip((e, r), orders))
                if key == "s2":
                    off = np.abs(x.astype(int) - y).max(axis=(0, 2, 3))
                    same = off[9] <= 1 and not np.delete(off, 9).any()
                elif key == "dem":
                    off = np.abs(x.astype(np.float64) - y).max(axis=(0, 2, 3))
                    same = off[0] <= ALTITUDE_TOLERANCE and off[1] <= SLOPE_TOLERANCE
                else:
                    same = x.dtype == y.dtype and np.array_equal(x, y)
                out += [] if same else [f"{split}: {key} differs"]
    return out


def text(value):
    return value.decode().rstrip("\0") if isinstance(value, bytes) else str(value)


def compare_sample(e, g):
    same = lambda name, x, y: [] if np.array_equal(x, y) else [f"{name}: {describe(x, y)}"]
    out = same("bands", e["s2"], g("Sentinel-2 L2A")) + same("land cover", e["wc"], g("WorldCover"))
    out += same("biomass raster", e["agbd"], g("AGBD Raster")) + same("transform", e["tr"], g("Transforms"))
    off = np.abs(g("CopDEM").astype(np.float64) - e["dem"]).max(axis=(1, 2))
    if not off[0] <= ALTITUDE_TOLERANCE:
        out.append(f"altitude off by {off[0]:.5f} m")
    if not off[1] <= SLOPE_TOLERANCE:
        out.append(f"slope off by {off[1]:.5f} %")
    out += same("AGBD", e["value"], g("AGBD Values")[0]) + same("standard error", e["se"], g("AGBD Standard Error")[0])
    out += same("position", e["ll"].astype(np.float32), g("GEDI Lat Lon"))
    out += same("delta time", e["dtm"], float(text(g("GEDI Delta Time")[0])))
    for key, name in TEXTS.items():
        out += same(name, text(e[key]), text(g(name)[0]))
    stats = [(text(label), text(fraction)) for label, fraction in g("S2 SCL Stats")]
    wanted = [(label, float(f)) for label, f in zip(SCL_LABELS, e["frac"])]
    for (label, fraction), (name, value) in zip(stats, wanted):
        # half of the last of the four decimals, whichever way an exact half is rounded
        if label != name or len(fraction) != 6 or abs(float(fraction) - value) > 0.5e-4 + 1e-9:
            out.append(f"scene class statistics: {label} {fraction}, expected {name} {value:.5f}")
    return out


def describe(x, y):
    x, y = np.asarray(x), np.asarray(y)
    if x.shape != y.shape or x.ndim < 2:
        return f"{y} instead of {x}"
    where = np.argwhere(x != y)
    first = tuple(where[0])
    return f"{len(where)} pixels differ, e.g. {y[first]} instead of {x[first]} at {[int(k) for k in first]}"
