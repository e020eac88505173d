"""Oversamples a small generated data set through a server: start one with `aemlo serve`, then run this.

usage: oversample.py [host:port]
"""

import random
import sys

import grpc

import aemlo_client


def sample(rows=600, columns=12, seed=1):
    """Features, and three labels of which the last one is rare."""
    draw = random.Random(seed)
    features, labels = [], []
    for _ in range(rows):
        row = [round(draw.gauss(0, 1), 6) for _ in range(columns)]
        features.append(row)
        labels.append([int(row[0] + row[1] > 0), int(row[2] > 0.3), int(row[3] + row[4] > 2.7)])
    return features, labels


def main():
    channel = aemlo_client.connect(sys.argv[1] if len(sys.argv) > 1 else "127.0.0.1:50051")
    features, labels = sample()
    try:
        digest = aemlo_client.upload(channel, features, labels, name="python-example")
        new_features, new_labels, seeds, report = aemlo_client.oversample(
            channel,
            digest,
            len(features[0]),
            len(labels[0]),
            epochs=10,
            seed=7,
            progress=lambda epoch: print(f"epoch {epoch.epoch}/{epoch.epochs}: loss {epoch.losses.total:.3f} on {epoch.device}"),
        )
    except grpc.RpcError as error:
        sys.exit(f"{error.code().name}: {error.details()}")

    for index in range(len(labels[0])):
        before = sum(row[index] for row in labels)
        print(f"label {index + 1}: {before} of {len(labels)} rows, now {before + sum(row[index] for row in new_labels)}")
    print(f"{len(new_features)} new rows; the first was made from row {seeds[0]}" if seeds else "no new rows")
    for warning in report.warnings:
        print(f"warning: {warning}")


if __name__ == "__main__":
    main()
