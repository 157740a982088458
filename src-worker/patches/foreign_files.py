"""Writes the files of foreign-files.test.ts with h5py, and what numpy makes of them as JSON to standard output.

Argument: a folder. 60 samples; which of them are suspect by which rule is computed here from the arrays alone.
"""

import json
import sys

import h5py
import numpy as np

folder = sys.argv[1]
random = np.random.default_rng(6)
N = 60
bands = random.integers(300, 3000, (N, 12, 32, 32)).astype("u2")
bands[:, 0] = 4
bands[:, 1] //= 4
bands[:, 7] += 3000
cover = np.full((N, 1, 32, 32), 30, "u1")
cover[::7] = 10
cover[3] = 60
agbd = random.uniform(1, 40, (N, 1)).astype("f4")
error = (agbd * random.uniform(0.05, 0.6, (N, 1))).astype("f4")
lat_lon = (np.array([47.0, 8.0]) + random.uniform(0, 0.5, (N, 2))).astype("f4")
shots = (np.int64(83_310_000_000_000_001) + np.arange(N, dtype="i8")).reshape(N, 1)
terrain = random.uniform(0, 50, (N, 2, 32, 32)).astype("f4")
products = [
    f"S2A_MSIL2A_2020{month:02d}09T102131_N0500_R065_T32T{tile}_20230410T102131"
    for month, tile in zip(random.integers(1, 13, N), random.choice(["NT", "MT"], N))
]
shares = np.empty((N, 12, 2), object)
for row in range(N):
    for value in range(12):
        shares[row, value] = [f"CLASS_{value}", f"{random.uniform(0, 0.08):.4f}"]

bands[5, 1:] = 777  # flat
bands[6, 4, 0, 0:9] = 0  # nine pixels without data
bands[8, 1:] += 1500  # an offset that was not taken off
bands[7, 7] = bands[7, 3]  # trees as if they were not green
bands[3, 7], bands[3, 3] = random.integers(5000, 7000, (32, 32)), 400  # green on bare ground
agbd[3] = 200  # and biomass on it
shots[20] = shots[21]
lat_lon[30] = lat_lon[31]

columns = {
    "Sentinel-2 L2A": bands,
    "WorldCover": cover,
    "CopDEM": terrain,
    "AGBD Values": agbd,
    "AGBD Standard Error": error,
    "GEDI Shot Number": shots,
    "GEDI Lat Lon": lat_lon,
    "S2 SCL Stats": shares,
    "Sentinel-2 Product Name": np.array(products, object).reshape(N, 1),
}


def write(name, columns, group="data/", options=lambda name: {}):
    with h5py.File(f"{folder}/{name}.h5", "w") as file:
        for key, values in columns.items():
            kind = h5py.string_dtype() if values.dtype.kind == "O" else values.dtype
            file.create_dataset(group + key, data=values, dtype=kind, **options(key))


def lzf(name):
    chunks = {"Sentinel-2 L2A": (1, 5, 20, 32), "CopDEM": (7, 1, 32, 9)}.get(name, True)
    return dict(compression="lzf", shuffle=name != "WorldCover", chunks=chunks)


write("lzf", columns, options=lambda name: {} if columns[name].dtype.kind == "O" else lzf(name))
other = {
    "Sentinel-2 L2A": bands.astype("i4"),
    "WorldCover": cover[:, 0],
    "AGBD Values": agbd[:, 0].astype("f8"),
    "GEDI Shot Number": shots[:, 0].astype("u8"),
}
write("other-types", other, group="")
write("ten-bands", {**columns, "Sentinel-2 L2A": bands[:, :10], "AGBD Values": agbd[:-1]})
write("none", {"temperature": agbd})
# Chunks that are not compressed can be found by their bytes.
write("damaged", columns, options=lambda name: dict(chunks=(1,) + columns[name].shape[1:], compression="gzip")
      if name == "Sentinel-2 L2A" else {})
with h5py.File(f"{folder}/damaged.h5") as file:
    chunk = file["data/Sentinel-2 L2A"].id.get_chunk_info_by_coord((12, 0, 0, 0))
with open(f"{folder}/damaged.h5", "r+b") as raw:
    raw.seek(chunk.byte_offset)
    raw.write(b"\xee" * min(400, chunk.size))

reflectance = bands.astype("f8") / 10_000
red, infrared = reflectance[:, 3], reflectance[:, 7]
with np.errstate(divide="ignore", invalid="ignore"):
    ndvi = ((infrared - red) / (infrared + red)).mean(axis=(1, 2))
most = cover[:, 0, 0, 0]

# Haversine over all pairs.
lat, lon = np.radians(lat_lon.astype("f8")).T
half = (
    np.sin((lat[:, None] - lat) / 2) ** 2
    + np.cos(lat[:, None]) * np.cos(lat) * np.sin((lon[:, None] - lon) / 2) ** 2
)
metres = 2 * 6_371_009 * np.arcsin(np.sqrt(half))
same = (metres <= 1) | (shots == shots.T)
np.fill_diagonal(same, False)

suspects = {
    "flat": reflectance[:, [1, 2, 3, 7]].std(axis=(2, 3)).max(axis=1) < 0.0005,
    "missing": (bands[:, 1:] == 0).any(axis=1).any(axis=(1, 2)),
    "offset": reflectance[:, 1].mean(axis=(1, 2)) > 0.12,
    "bare-trees": (most == 10) & (ndvi < 0.2),
    "green-bare": (most == 60) & (ndvi > 0.6),
    "bare-biomass": (most == 60) & (agbd[:, 0] > 50),
    "duplicate": same.any(axis=1),
}
relative = error[:, 0].astype("f8") / agbd[:, 0]
cloud = np.array([[float(share) for share in row[8:11, 1]] for row in shares]).sum(axis=1)
days = np.array([f"{p[11:15]}-{p[15:17]}-{p[17:19]}" for p in products])
slope = terrain[:, 1, 15:17, 15:17].astype("f8").mean(axis=(1, 2))
passing = {
    "agbd": (agbd[:, 0] >= 10) & (agbd[:, 0] <= 30),
    "relativeError": relative <= 0.25,
    "cloudShare": (cloud >= 0.1),
    "slope": (slope >= 20) & (slope <= 30),
    "landCover": np.isin(most, [10, 60]),
    "product": np.array(["T32TMT" in p for p in products]),
    "sceneDate": (days >= "2020-03-09") & (days <= "2020-07-09"),
}


def rows(mask):
    return np.flatnonzero(mask).tolist()


print(
    json.dumps(
        {
            "suspects": {name: rows(mask) for name, mask in suspects.items()},
            "passing": {name: rows(mask) for name, mask in passing.items()},
            "relativeError": np.argsort(relative, kind="stable").tolist(),
            "blue": float(reflectance[8, 1].mean()),
            "agbd": agbd[:, 0].tolist(),
            "shots": [str(shot) for shot in shots[:, 0]],
            "pixel": bands[59, :, 31, 30].tolist(),
            "terrain": terrain[58, :, 17, 20].tolist(),
        }
    )
)
