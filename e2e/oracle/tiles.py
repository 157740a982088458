"""Copernicus DEM and ESA WorldCover of a STAC item collection, through GDAL and PROJ (SPEC 3)."""
import math
import os

import numpy as np
import rasterio
from pyproj import Transformer
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.transform import Affine
from rasterio.warp import reproject

MISSING = -32767.0
GREENWICH = CRS.from_epsg(4326)
ANTIMERIDIAN = CRS.from_string("+proj=longlat +datum=WGS84 +pm=180 +no_defs")


def near(lon, centre):
    """The longitude equal to `lon` modulo 360 that lies within 180 of `centre`."""
    return lon - 360 * np.round((np.asarray(lon) - centre) / 360)


def corner_name(lat, lon, step, pattern):
    la, lo = math.floor(lat / step) * step, math.floor(lon / step) * step
    return pattern % ("S" if la < 0 else "N", abs(la), "W" if lo < 0 else "E", abs(lo))


class Tile:
    def __init__(self, item, folder):
        self.path = os.path.normpath(os.path.join(folder, next(iter(item["assets"].values()))["href"]))
        self.name = os.path.basename(self.path).removesuffix(".tif")
        with rasterio.open(self.path) as d:
            self.transform, self.shape, self.nodata = d.transform, d.shape, d.nodata
            self.pixels = d.read(1)
        self.dx, self.dy = self.transform.a, -self.transform.e


class Terrain:
    """Tiles of one DEM, mosaicked."""
    def __init__(self, tiles):
        self.tiles = tiles
        for t in tiles:
            if t.nodata is not None:
                t.pixels = np.where(t.pixels == t.nodata, np.float32(MISSING), t.pixels)
        self.centre = tiles[0].transform.c
        self.steps = sorted({round(t.dx * 3600, 6) for t in tiles})
        if len(self.steps) == 1:
            self._mosaic()
        else:
            assert not any((t.pixels == MISSING).any() for t in tiles), "missing pixels beside a change of spacing"

    def _mosaic(self):
        dx, dy = self.tiles[0].dx, self.tiles[0].dy
        lefts = [float(near(t.transform.c, self.centre)) for t in self.tiles]
        left, top = min(lefts), max(t.transform.f for t in self.tiles)
        places = [(round((top - t.transform.f) / dy), round((x - left) / dx), t) for x, t in zip(lefts, self.tiles)]
        for row, col, t in places:
            assert abs((top - t.transform.f) / dy - row) < 1e-4
        height = max(r + t.shape[0] for r, _, t in places)
        width = max(c + t.shape[1] for _, c, t in places)
        self.mosaic = np.full((height, width), MISSING, np.float32)
        for row, col, t in places:
            self.mosaic[row:row + t.shape[0], col:col + t.shape[1]] = t.pixels
        crossing = left < -180 or left + width * dx > 180
        self.crs = ANTIMERIDIAN if crossing else GREENWICH
        shift = math.copysign(180, left) if crossing else 0
        self.left, self.top, self.dx, self.dy = left - shift, top, dx, dy

    def altitude(self, crs, x, y, size=34):
        """float32 size x size at the centres of 10 m pixels from the corner (x, y); None where a pixel is missing."""
        if len(self.steps) > 1:
            return self._altitude_by_rows(crs, x, y, size)
        out = np.full((size, size), MISSING, np.float32)
        reproject(self.mosaic, out, src_transform=Affine(self.dx, 0, self.left, 0, -self.dy, self.top), src_crs=self.crs,
                  src_nodata=MISSING, dst_transform=Affine(10, 0, x, 0, -10, y), dst_crs=crs, dst_nodata=MISSING,
                  resampling=Resampling.bilinear, tolerance=0, warp_mem_limit=64)
        return None if (out == MISSING).any() else out

    def _altitude_by_rows(self, crs, x, y, size):
        """
        Where the pixel spacing changes from tile to tile the mosaic has no single grid, and SPEC says no more. Rows
        of all tiles keep the same spacing and phase, so each of the two rows about a position is interpolated along
        its own pixels, then the two by latitude.
        """
        lon, lat = centres(crs, x, y, size)
        dy, top = self.tiles[0].dy, max(t.transform.f for t in self.tiles)
        v = (top - lat) / dy - 0.5
        row = np.floor(v).astype(int)
        lower = v - row
        values = [self._along_row(lon, row + k, top, dy) for k in (0, 1)]
        weights = [np.where(np.isnan(values[0]), 0, 1 - lower), np.where(np.isnan(values[1]), 0, lower)]
        held = np.where(lower < 0.5, values[0], values[1])
        if np.isnan(held).any():
            return None
        total = sum(np.nan_to_num(z) * k for z, k in zip(values, weights))
        return (total / (weights[0] + weights[1])).astype(np.float32)

    def _along_row(self, lon, row, top, dy):
        """Values of the mosaic's rows at longitudes; NaN where the pixel that holds the position is missing."""
        out = np.full(lon.shape, np.nan)
        for r in np.unique(row):
            here = row == r
            xs, zs = [], []
            for t in self.tiles:
                k = r - round((top - t.transform.f) / dy)
                if 0 <= k < t.shape[0]:
                    xs.append(float(near(t.transform.c, self.centre)) + (np.arange(t.shape[1]) + 0.5) * t.dx)
                    zs.append(t.pixels[k])
            if not xs:
                continue
            px, pz = np.concatenate(xs), np.concatenate(zs)
            order = np.argsort(px)
            at = near(lon[here], self.centre)
            inside = (at > px.min() - 0.5 / 3600) & (at < px.max() + 0.5 / 3600)
            out[here] = np.where(inside, np.interp(at, px[order], pz[order].astype(np.float64)), np.nan)
        return out

    def name(self, lon, lat):
        return corner_name(lat, lon, 1, "Copernicus_DSM_COG_10_%s%02d_00_%s%03d_00_DEM")


def centres(crs, x, y, size):
    """Longitudes and latitudes of the centres of size x size pixels of 10 m from the corner (x, y)."""
    px, py = np.meshgrid(x + 10 * (np.arange(size) + 0.5), y - 10 * (np.arange(size) + 0.5))
    return Transformer.from_crs(crs, 4326, always_xy=True).transform(px, py)


def horn_slope(z):
    """Percent, by Horn's 3 x 3 differences on a 10 m grid; (n + 2)^2 altitudes give n^2 slopes."""
    z = z.astype(np.float64)
    east = (z[:-2, 2:] + 2 * z[1:-1, 2:] + z[2:, 2:]) - (z[:-2, :-2] + 2 * z[1:-1, :-2] + z[2:, :-2])
    south = (z[2:, :-2] + 2 * z[2:, 1:-1] + z[2:, 2:]) - (z[:-2, :-2] + 2 * z[:-2, 1:-1] + z[:-2, 2:])
    return (100 * np.hypot(east, south) / 80).astype(np.float32)


class LandCover:
    """Tiles of one year's map."""
    def __init__(self, tiles, year):
        self.tiles, self.year, self.version = tiles, year, {2020: "v100", 2021: "v200"}[year]

    def classes(self, crs, x, y, size=32):
        """uint8 size x size: the tile pixel that contains each centre; None where a centre lies outside every tile."""
        lon, lat = centres(crs, x, y, size)
        out = np.zeros((size, size), np.uint8)
        found = np.zeros((size, size), bool)
        for t in self.tiles:
            h, w = t.shape
            middle = t.transform.c + w * t.dx / 2
            col = np.floor((near(lon, middle) - t.transform.c) / t.dx).astype(int)
            row = np.floor((t.transform.f - lat) / t.dy).astype(int)
            inside = (col >= 0) & (col < w) & (row >= 0) & (row < h) & ~found
            out[inside] = t.pixels[row[inside], col[inside]]
            found |= inside
        return out if found.all() else None

    def name(self, lon, lat):
        return corner_name(lat, lon, 3, f"ESA_WorldCover_10m_{self.year}_{self.version}_%s%02d%s%03d_Map")
