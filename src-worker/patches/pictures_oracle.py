"""Draws the pictures of a batch file with h5py, numpy and GDAL, and compares them with PNG files.

usage: pictures_oracle.py BATCH PRESETS_JSON FOLDER
FOLDER holds PRESET-STRETCH-ROW.png. Prints the largest difference of any channel, by preset and stretch, as JSON.
"""
import json
import subprocess
import sys
import warnings
from pathlib import Path

import h5py
import numpy as np
import rasterio
from rasterio.transform import Affine

# Pictures have no place on Earth, which rasterio remarks on for each.
warnings.simplefilter("ignore", rasterio.errors.NotGeoreferencedWarning)

NAMES = "SCL B02 B03 B04 B05 B06 B07 B08 B8A B09 B11 B12".split()


def rgb(colour):
    return [int(colour[k : k + 2], 16) for k in (1, 3, 5)]


def limits(values, preset, stretch, unit):
    if stretch == "patch" and preset.get("stretches"):
        return np.nanpercentile(values, [2, 98])
    low, high = preset["fixed"]["low"], preset["fixed"]["high"]
    if preset.get("layer") == "slope" and unit == "degrees":
        return np.degrees(np.arctan([low / 100, high / 100]))
    return low, high


def composite(sample, preset, stretch, unit):
    bands = [sample["bands"][NAMES.index(name)].astype(float) for name in preset["bands"]]
    filled = np.any([band > 0 for band in bands], axis=0)
    picture = np.zeros((4, 32, 32))
    picture[3] = 255 * filled
    for c, band in enumerate(bands):
        if stretch == "fixed":
            low, high = limits(band, preset, stretch, unit)
            share = np.clip((band / 1e4 - low) / (high - low), 0, 1) ** (1 / 1.6)
        else:
            low, high = np.percentile(band[filled], [2, 98])
            share = np.clip((band - low) / (high - low), 0, 1)
        picture[c] = np.where(filled, 255 * share, 0)
    return picture


def light(altitude, sample, folder):
    source, target = folder / "altitude.tif", folder / "light.tif"
    profile = dict(driver="GTiff", width=32, height=32, count=1, dtype="float32", crs=sample["crs"])
    with rasterio.open(source, "w", transform=Affine(*sample["transform"][:6]), **profile) as raster:
        raster.write(altitude, 1)
    options = ["-q", "-alg", "ZevenbergenThorne", "-az", "315", "-alt", "45"]
    subprocess.run(["gdaldem", "hillshade", *options, str(source), str(target)], check=True)
    with rasterio.open(target) as raster:
        return (raster.read(1).astype(float) - 1) / 254


def ramp(sample, preset, stretch, unit, folder):
    if preset["layer"] == "ndvi":
        red, infrared = (sample["bands"][NAMES.index(name)].astype(float) for name in ("B04", "B08"))
        with np.errstate(invalid="ignore"):
            values = (infrared - red) / (infrared + red)
    else:
        values = sample[preset["layer"]].astype(float)
        values = np.where(values == -9999, np.nan, values)
    low, high = limits(values, preset, stretch, unit)
    share = np.clip((values - low) / (high - low), 0, 1)
    stops = np.array([rgb(colour) for colour in preset["ramp"]])
    at = np.linspace(0, 1, len(stops))
    brightness = 0.25 + 0.75 * light(sample["altitude"], sample, folder) / np.sqrt(0.5) if preset["shaded"] else 1
    filled = np.isfinite(values)
    colours = [np.where(filled, np.minimum(255, np.interp(share, at, stops[:, c]) * brightness), 0) for c in range(3)]
    return np.array([*colours, 255 * filled])


def classes(sample, preset):
    values = sample["bands"][0] if preset["layer"] == "scl" else sample["landCover"]
    picture = np.zeros((4, 32, 32))
    for value, colour in preset["colours"]:
        for c, level in enumerate([*rgb(colour), 255]):
            picture[c][values == value] = level
    return picture


def main():
    batch, presets, folder = sys.argv[1], json.loads(sys.argv[2]), Path(sys.argv[3])
    differences = {}
    with h5py.File(batch) as file:
        data = file["data"]
        unit = data["CopDEM"].attrs["band_units"][1]
        unit = unit.decode() if isinstance(unit, bytes) else unit
        for path in sorted(folder.glob("*.png")):
            name, stretch, row = path.stem.rsplit("-", 2)
            preset, i = presets[name], int(row)
            sample = dict(
                bands=data["Sentinel-2 L2A"][i],
                landCover=data["WorldCover"][i, 0],
                altitude=data["CopDEM"][i, 0],
                slope=data["CopDEM"][i, 1],
                biomass=data["AGBD Raster"][i, 0],
                transform=[float(value) for value in data["Transforms"][i]],
                crs=data["CRS"][i, 0].decode(),
            )
            if preset["kind"] == "composite":
                expected = composite(sample, preset, stretch, unit)
            elif preset["kind"] == "ramp":
                expected = ramp(sample, preset, stretch, unit, folder)
            else:
                expected = classes(sample, preset)
            with rasterio.open(path) as picture:
                found = picture.read().astype(float)
            assert found.shape == (4, 32, 32), found.shape
            # gdaldem leaves out the pixels along the edge.
            inner = slice(1, 31) if preset.get("shaded") else slice(None)
            difference = np.abs(found - expected)[:, inner, inner].max()
            key = f"{name}-{stretch}"
            differences[key] = max(differences.get(key, 0), float(difference))
    print(json.dumps(differences))


main()
