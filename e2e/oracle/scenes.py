"""Sentinel-2 scenes of a STAC item collection: choice, window, bands through GDAL's warper (SPEC 3)."""
import datetime as dt
import math
import os

import numpy as np
import rasterio
from pyproj import Transformer
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.vrt import WarpedVRT

BANDS = ["SCL", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12"]
RESOLUTION = dict(SCL=20, B02=10, B03=10, B04=10, B05=20, B06=20, B07=20, B08=10, B8A=20, B09=60, B11=20, B12=20)
EARTH_SEARCH_KEYS = dict(SCL="scl", B02="blue", B03="green", B04="red", B05="rededge1", B06="rededge2", B07="rededge3",
                         B08="nir", B8A="nir08", B09="nir09", B11="swir16", B12="swir22")
SIZE = 32
DAY = dt.timedelta(days=1)


class Scene:
    def __init__(self, item, folder):
        p = item["properties"]
        self.id = item["id"]
        self.product = p["s2:product_uri"].removesuffix(".SAFE")
        self.cloud = p["eo:cloud_cover"]
        self.when = dt.datetime.fromisoformat(p["datetime"].replace("Z", "+00:00")).replace(tzinfo=None)
        carries_offset = float(p["s2:processing_baseline"]) >= 4 and p.get("earthsearch:boa_offset_applied") is not True
        self.offset = 1000 if carries_offset else 0
        assets = item["assets"]
        self.paths = {b: os.path.normpath(os.path.join(folder, assets[b if b in assets else EARTH_SEARCH_KEYS[b]]["href"]))
                      for b in BANDS}
        with rasterio.open(self.paths["B02"]) as d:
            self.crs, self.transform, self.width, self.height = d.crs, d.transform, d.width, d.height
        self.project = Transformer.from_crs(4326, self.crs, always_xy=True)
        self._bands = None

    def window(self, lon, lat):
        """(x, y, col0, row0), or None where the window is not wholly inside the 10 m raster."""
        x, y = self.project.transform(lon, lat)
        if not (math.isfinite(x) and math.isfinite(y)):
            return None
        col0 = math.floor((x - self.transform.c) / 10 + 0.5) - 16
        row0 = math.floor((self.transform.f - y) / 10 + 0.5) - 16
        inside = col0 >= 0 and row0 >= 0 and col0 + SIZE <= self.width and row0 + SIZE <= self.height
        return (x, y, col0, row0) if inside else None

    def cut(self, col0, row0):
        """uint16 12 x 32 x 32."""
        if self._bands is None:
            self._bands = np.stack([self._band(b) for b in BANDS])
        return self._bands[:, row0:row0 + SIZE, col0:col0 + SIZE]

    def _band(self, band):
        """The whole band on the 10 m grid."""
        with rasterio.open(self.paths[band]) as d:
            assert abs(d.res[0] - RESOLUTION[band]) < 1e-9 and (d.transform.c, d.transform.f) == (self.transform.c, self.transform.f)
            if RESOLUTION[band] == 10:
                out = d.read(1)
            else:
                how = Resampling.nearest if band == "SCL" else Resampling.bilinear
                with WarpedVRT(d, crs=self.crs, transform=self.transform, width=self.width, height=self.height,
                               resampling=how, src_nodata=0, nodata=0, tolerance=1e-7) as v:
                    out = v.read(1)
                if band == "B09":
                    out = exact_half_up(d.read(1), out)
        if self.offset and band != "SCL":
            out = np.where(out > 0, np.maximum(out.astype(int) - self.offset, 0), 0)
        return out.astype(np.uint16)


def exact_half_up(source, warped):
    """The 60 m band in whole numbers, ties rounded up; asserts that GDAL agrees but for exact ties, by 1 there."""
    f, (h, w) = 6, warped.shape
    def axis(n, limit):
        t = 2 * np.arange(n) + 1 - f             # position in source pixels, times 2 f
        i, weight = t // (2 * f), t % (2 * f)
        return (np.clip(i, 0, limit - 1), (i >= 0) * (2 * f - weight)), (np.clip(i + 1, 0, limit - 1), (i + 1 < limit) * weight)
    s = source.astype(np.int64)
    total = np.zeros((h, w), np.int64)
    weights = np.zeros((h, w), np.int64)
    for rows, wy in axis(h, s.shape[0]):
        for cols, wx in axis(w, s.shape[1]):
            v = s[np.ix_(rows, cols)]
            k = np.outer(wy, wx) * (v != 0)
            total += v * k
            weights += k
    rows, cols = np.arange(h) // f, np.arange(w) // f
    nearest = np.zeros((h, w), np.int64)             # 0, no data, where the band ends before the 10 m raster does
    inside = np.ix_(rows < s.shape[0], cols < s.shape[1])
    nearest[inside] = s[np.ix_(rows[rows < s.shape[0]], cols[cols < s.shape[1]])]
    safe = np.maximum(weights, 1)
    exact = np.where(nearest == 0, 0, (2 * total + safe) // (2 * safe))
    tie = (2 * total) % (2 * safe) == safe
    off = np.abs(exact - warped)
    assert off.max() <= 1 and not off[~tie].any(), "GDAL disagrees beyond ties"
    return exact


def choose_scenes(scenes, footprint, number):
    """[(scene, window), ...]: the best candidates, best first, at most `number`."""
    day = footprint.acquired.replace(hour=0, minute=0, second=0)
    candidates = []
    for scene in scenes:
        if scene.cloud < 25 and day - 10 * DAY <= scene.when < day + 11 * DAY:
            window = scene.window(footprint.lon, footprint.lat)
            if window:
                candidates.append((scene.cloud, abs(scene.when - footprint.acquired), scene.id, scene, window))
    return [c[3:] for c in sorted(candidates, key=lambda c: c[:3])[:number]]


def check_scl(scl):
    """Why the 32 x 32 classes reject the footprint, or None."""
    if not np.isin(scl[14:18, 14:18], (4, 5)).all():
        return "scl-footprint"
    for reason, classes, limit in (("scl-cloud", (8, 9, 10), 0.25), ("scl-shadow", (2, 3), 0.25), ("scl-snow", (11,), 0.25),
                                   ("scl-water", (6,), 0.25), ("scl-invalid", (0, 1, 7), 0.05)):
        if np.isin(scl, classes).sum() / 1024 > limit:
            return reason
    return None
