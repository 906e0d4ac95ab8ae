#!/usr/bin/python3
"""What the cloud wrote, read by boto3 and by nothing of ours: for each device and metric how many readings and their sum, in the
DynamoDB table and in the raw objects of the bucket.

  totals.py DYNAMO_URL TABLE S3_URL BUCKET    credentials and region from the environment; prints one JSON object
"""
import gzip
import json
import re
import sys
from decimal import Decimal

import boto3
from botocore.config import Config

DYNAMO, TABLE, S3, BUCKET = sys.argv[1:5]
CASTAGNOLI = []
for n in range(256):
    for _ in range(8):
        n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
    CASTAGNOLI.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CASTAGNOLI[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def from_items():
    """One item a device and time; keys of ours begin with a capital, metrics do not."""
    readings = {}
    pages = boto3.resource("dynamodb", endpoint_url=DYNAMO).meta.client.get_paginator("scan").paginate(TableName=TABLE)
    for item in (item for page in pages for item in page["Items"]):
        device, _, kind = item["Partition"].partition("#")
        if kind.endswith("#hours"):
            continue
        for metric, value in item.items():
            if metric[0].islower():
                readings[device, metric, int(item["Time"])] = float(value["v"] if isinstance(value, dict) else value)
    return readings


def from_objects():
    """Frames of a line with CRC and head, then the message as it was received: SenML in an envelope, mostly gzip."""
    readings, batches, keys = {}, 0, []
    s3 = boto3.client("s3", endpoint_url=S3, config=Config(s3={"addressing_style": "path"}))
    for found in (o for page in s3.get_paginator("list_objects_v2").paginate(Bucket=BUCKET) for o in page.get("Contents", [])):
        keys.append(found["Key"])
        if not found["Key"].startswith("raw/"):
            continue
        rest = s3.get_object(Bucket=BUCKET, Key=found["Key"])["Body"].read()
        while rest:
            line, _, after = rest.partition(b"\n")
            crc, _, head = line.partition(b" ")
            head = json.loads(head)
            message = after[: head["bytes"]]
            if int(crc, 16) != crc32c(line[len(crc) + 1 :] + b"\n" + after[: head["bytes"] + 1]):
                raise SystemExit("%s: the checksum is wrong" % found["Key"])
            rest = after[head["bytes"] + 1 :]
            batches += 1
            envelope = json.loads(gzip.decompress(message) if message[:2] == b"\x1f\x8b" else message)
            if "gateway=%s/stream=%s/" % (envelope["gateway"], envelope["stream"]) not in found["Key"]:
                raise SystemExit("%s does not hold what its key says" % found["Key"])
            base, time = "", 0
            for record in envelope["senml"]:
                base, time = record.get("bn", base), record.get("bt", time)
                device, metric = (base + record.get("n", "")).split("/")
                readings.setdefault((device, metric, round((time + record.get("t", 0)) * 1000)), float(record["v"]))
    return readings, batches, keys


def totals(readings):
    sums = {}
    for (device, metric, _), value in readings.items():
        count, total = sums.get(device + "/" + metric, (0, Decimal(0)))
        sums[device + "/" + metric] = (count + 1, total + Decimal(repr(value)))
    return {series: [count, float(total)] for series, (count, total) in sorted(sums.items())}


objects, batches, keys = from_objects()
json.dump({"items": totals(from_items()), "objects": totals(objects), "batches": batches, "keys": len(keys), "strange": [k for k in keys if not re.match("raw/", k)]}, sys.stdout)
