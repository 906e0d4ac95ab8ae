"""Independent check of a panel model with numpy: its coefficients from the artifact and the survey, and one Brier score from the record.

usage: check_panel.py ARTIFACT.json COEFFICIENTS.csv RECORD.csv
prints: the largest difference of a coefficient, the Brier score of a loss >= 15 % in 2020-25, and the number of its rows
"""
import csv
import json
import sys

import numpy

artifact = json.load(open(sys.argv[1], encoding="utf-8"))
rows = list(csv.DictReader(open(sys.argv[2], encoding="utf-8")))
model = artifact["models"]["years"][-1]["model"]

index = numpy.array([4 * int(r["year"]) + int(r["quarter"]) - 1 for r in rows])
columns = {
    "Season": index % 4,
    "Quarter": index,
    "State": numpy.array([r["state"] for r in rows]),
    "Division": numpy.array([r["division"] for r in rows]),
}
apart = numpy.abs(index[:, None] - index[None, :])
covariance = numpy.zeros(apart.shape)
for effect in model["effects"]:
    part = numpy.full(apart.shape, effect["variance"])
    for name in effect["sharedBy"].split(", "):
        part *= columns[name][:, None] == columns[name][None, :]
    if effect["years"] is not None:
        part *= numpy.exp(-apart / (4 * effect["years"]))
    covariance += part

noise = model["noise"]
colonies = numpy.array([float(r["colonies"]) for r in rows])
covariance += numpy.diag(noise["variance"] * (colonies / 20000) ** -noise["power"] + noise["floor"])
roots = numpy.sqrt([float(r["percent"]) for r in rows])
coefficients = numpy.linalg.solve(covariance, roots - model["mean"])
difference = numpy.abs(coefficients - [float(r["coefficient"]) for r in rows]).max()

record = [r for r in csv.DictReader(open(sys.argv[3], encoding="utf-8")) if int(r["year"]) >= 2020 and r["state"] != "OT"]
said = numpy.array([float(r["probability_15"]) for r in record])
came = numpy.array([float(r["observed"]) >= 15 for r in record])
print(f"{difference:.3e} {((said - came) ** 2).mean():.12f} {len(record)}")
