"""Footprints of a folder of GEDI L4A granules, read with h5py (SPEC 1)."""
import datetime as dt
import os
import re
from dataclasses import dataclass

import h5py
import numpy as np

NAME = re.compile(r"GEDI04_A_(\d{13})_O\d{5}_\d{2}_T\d{5}_\d{2}_\d{3}_\d{2}_V\d{3}\.h5")
FIELDS = ["agbd", "agbd_se", "lat_lowestmode", "lon_lowestmode", "shot_number", "delta_time", "l2_quality_flag",
          "l4_quality_flag", "surface_flag"]
SPLIT_OF_YEAR = {2020: "train", 2021: "test"}


@dataclass
class Footprint:
    """One kept shot; positions in degrees, AGBD in Mg/ha as float32, acquisition from the granule's name (UTC)."""
    shot: int
    lon: float
    lat: float
    agbd: np.float32
    se: np.float32
    delta_time: float
    granule: str
    acquired: dt.datetime


def read_footprints(folder):
    """{'train': [...], 'test': [...]} of every footprint that the default filters keep, newest version only."""
    newest = {}
    for path in granule_paths(folder):
        for shot, row in read_granule(path):
            newest[shot] = row          # names ascend, so a later version replaces an earlier one
    splits = {"train": [], "test": []}
    for row in newest.values():
        split = SPLIT_OF_YEAR.get(row[0].acquired.year)
        if split and row[1]:
            splits[split].append(row[0])
    return splits


def granule_paths(folder):
    found = [os.path.join(d, f) for d, _, names in os.walk(folder) for f in names if NAME.fullmatch(f)]
    return sorted(found, key=os.path.basename)


def read_granule(path):
    """[(shot, (footprint, kept))] of a granule; nothing where the file cannot be read or lacks a field."""
    name = os.path.basename(path)
    acquired = dt.datetime.strptime(NAME.fullmatch(name).group(1), "%Y%j%H%M%S")
    rows = []
    try:
        with h5py.File(path, "r") as f:
            for beam in sorted(k for k in f if k.startswith("BEAM")):
                c = {k: f[beam][k][:] for k in FIELDS}
                agbd, se = c["agbd"].astype(np.float64), c["agbd_se"].astype(np.float64)
                with np.errstate(all="ignore"):
                    kept = ((c["l2_quality_flag"] == 1) & (c["l4_quality_flag"] == 1) & (c["surface_flag"] == 1)
                            & np.isfinite(agbd) & (agbd > 0) & (se / agbd < 0.5))
                for i, shot in enumerate(c["shot_number"].tolist()):
                    footprint = Footprint(shot, float(c["lon_lowestmode"][i]), float(c["lat_lowestmode"][i]),
                                          c["agbd"][i], c["agbd_se"][i], float(c["delta_time"][i]), name, acquired)
                    rows.append((shot, (footprint, bool(kept[i]))))
    except (OSError, KeyError) as e:
        print(f"left out: {name}: {e}")
        return []
    return rows
