"""Joins batch files with h5py, decompressing and compressing, and reads single samples at random. One JSON object in, one out.

In: {"files": [...], "output": file or null, "reads": N, "read": [files to read samples of]}
Out: {"seconds": of joining, "cpu": likewise, "milliseconds": [of a read of each file], "bands": [sum of the last sample's bands of each file], "offset": largest of a chunk}
"""
import json
import os
import random
import sys
import time

import h5py

job = json.load(sys.stdin)
started, process = time.perf_counter(), time.process_time()
if job["output"] is not None:
    with h5py.File(job["output"], "w") as output:
        parts = [h5py.File(path, "r")["data"] for path in job["files"]]
        count = sum(len(part["CRS"]) for part in parts)
        for name, like in parts[0].items():
            joined = output.create_dataset(
                f"data/{name}", shape=(count, *like.shape[1:]), maxshape=(None, *like.shape[1:]), dtype=like.dtype,
                chunks=like.chunks, compression="gzip", compression_opts=1, shuffle=True)
            first = 0
            for part in parts:
                joined[first:first + len(part[name])] = part[name][:]
                first += len(part[name])
    with open(job["output"], "r+b") as file:
        os.fsync(file.fileno())
seconds, cpu = time.perf_counter() - started, time.process_time() - process

milliseconds, bands, offset = [], [], 0
for path in job["read"]:
    with h5py.File(path, "r") as file:
        data = file["data"]
        names = ["Sentinel-2 L2A", "WorldCover", "CopDEM", "AGBD Raster"]
        layers = [data[name] for name in names]
        count = len(layers[0])
        seeded = random.Random(5)
        picks = [seeded.randrange(count) for _ in range(job["reads"])]
        best = None
        for _ in range(3):
            begun = time.perf_counter()
            for i in picks:
                for layer in layers:
                    layer[i]
            best = min(best or 1e9, time.perf_counter() - begun)
        milliseconds.append(best / len(picks) * 1000)
        bands.append(int(layers[0][count - 1].astype("int64").sum()))
        offset = max(offset, layers[0].id.get_chunk_info(count - 1).byte_offset)
json.dump({"seconds": seconds, "cpu": cpu, "milliseconds": milliseconds, "bands": bands, "offset": offset}, sys.stdout)
