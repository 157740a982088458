"""Reads columns of all beams of a granule with h5py. One JSON object in, one out.

In: {"path": granule, "columns": [...], "repeats": N}
Out: {"runs": [{"seconds", "cpu"}, ...], "sums": {column: sum over all beams}}
"""
import json
import sys
import time

import h5py
import numpy as np

job = json.load(sys.stdin)
runs = []
for _ in range(job["repeats"]):
    wall, process = time.perf_counter(), time.process_time()
    with h5py.File(job["path"], "r") as granule:
        beams = [granule[name] for name in granule if name.startswith("BEAM")]
        data = {column: [beam[column][:] for beam in beams] for column in job["columns"]}
    runs.append({"seconds": time.perf_counter() - wall, "cpu": time.process_time() - process})
sums = {column: float(sum(part.astype(np.float64).sum() for part in parts)) for column, parts in data.items()}
json.dump({"runs": runs, "sums": sums}, sys.stdout)
