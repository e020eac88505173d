import hashlib
import struct
import unittest

import grpc

from harness import ServerTest, aemlo_client, details, sample
from aemlo.v1 import dataset_pb2, dataset_service_pb2, dataset_service_pb2_grpc, rows_pb2


def digest(features, labels):
    """The digest as proto/aemlo/v1/dataset.proto defines it, written from its words alone."""
    def text(value):
        data = value.encode()
        return struct.pack("<I", len(data)) + data

    columns, classes = len(features[0]), len(labels[0])
    content = b"AEMLODS1" + text("data") + struct.pack("<I", columns + classes)
    for index in range(columns):
        content += text(f"x{index + 1}") + b"\0" + text("numeric")
    for index in range(classes):
        content += text(f"y{index + 1}") + b"\1" + struct.pack("<I", 2) + text("0") + text("1")
    content += struct.pack("<I", classes)
    for index in range(classes):
        content += struct.pack("<IIi", columns + index, 1, -1)
    content += struct.pack("<BBQ", 0, 0, len(features))
    for row, values in zip(features, labels):
        for value in row:
            content += bytes.fromhex("000000000000f87f") if value is None else struct.pack("<d", value)
        content += bytes([sum(value << index for index, value in enumerate(values))])
    return hashlib.sha256(content).hexdigest()


class Datasets(ServerTest):
    def setUp(self):
        self.stub = dataset_service_pb2_grpc.DatasetServiceStub(self.channel)

    def test_upload_gives_the_digest_that_the_contract_defines(self):
        features, labels = sample()
        self.assertEqual(aemlo_client.upload(self.channel, features, labels), digest(features, labels))

    def test_upload_twice_keeps_one(self):
        features, labels = sample(rows=60)
        first = aemlo_client.upload(self.channel, features, labels)
        self.assertEqual(aemlo_client.upload(self.channel, features, labels), first)
        listed = self.stub.ListDatasets(dataset_service_pb2.ListDatasetsRequest()).datasets
        self.assertEqual([item.digest for item in listed].count(first), 1)

    def test_find_and_delete(self):
        features, labels = sample(rows=70)
        name = aemlo_client.upload(self.channel, features, labels)
        found = self.stub.FindDataset(dataset_service_pb2.FindDatasetRequest(digest=name)).dataset
        self.assertEqual((found.row_count, found.feature_count, found.label_count), (70, 6, 3))
        self.stub.DeleteDataset(dataset_service_pb2.DeleteDatasetRequest(digest=name))
        self.assert_fails(grpc.StatusCode.NOT_FOUND, lambda: self.stub.FindDataset(dataset_service_pb2.FindDatasetRequest(digest=name)))

    def test_analyze_measures_what_can_be_counted(self):
        features, labels = sample()
        name = aemlo_client.upload(self.channel, features, labels)
        report = self.stub.Analyze(dataset_service_pb2.AnalyzeRequest(dataset_digest=name)).report
        counts = [sum(row[label] for row in labels) for label in range(3)]
        self.assertEqual([label.positives for label in report.labels], counts)
        ratios = [max(counts) / count for count in counts]
        self.assertAlmostEqual(report.mean_ir, sum(ratios) / 3, places=12)
        self.assertAlmostEqual(report.cardinality, sum(counts) / len(labels), places=12)

    def test_a_column_out_of_range_is_named(self):
        header = dataset_pb2.DatasetHeader(row_count=1, layout=rows_pb2.FEATURE_LAYOUT_SPARSE, value_type=rows_pb2.VALUE_TYPE_FLOAT64, entry_count=1)
        header.schema.relation_name = "bad"
        header.schema.attributes.add(name="x").numeric.declared_type = "numeric"
        header.schema.attributes.add(name="y").nominal.values.extend(["0", "1"])
        header.schema.labels.add(attribute_index=1, positive_value=1)
        block = rows_pb2.RowBlock(row_count=1, labels=b"\1")
        block.sparse.entry_counts = struct.pack("<I", 1)
        block.sparse.columns = struct.pack("<I", 9)
        block.sparse.values = struct.pack("<d", 1.5)
        parts = [dataset_service_pb2.UploadDatasetRequest(header=header), dataset_service_pb2.UploadDatasetRequest(rows=block)]
        error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, lambda: self.stub.UploadDataset(iter(parts)))
        violation = details(error)["BadRequest"].field_violations[0]
        self.assertIn("columns", violation.field)
        self.assertIn("9", violation.description)
        self.assertEqual(details(error)["ErrorInfo"].domain, "aemlo")

    def test_nan_is_refused(self):
        features, labels = sample(rows=30)
        blocks = [
            dataset_service_pb2.UploadDatasetRequest(
                header=dataset_pb2.DatasetHeader(row_count=30, layout=rows_pb2.FEATURE_LAYOUT_DENSE, value_type=rows_pb2.VALUE_TYPE_FLOAT64)
            )
        ]
        for index in range(6):
            blocks[0].header.schema.attributes.add(name=f"x{index}").numeric.declared_type = "real"
        for index in range(3):
            blocks[0].header.schema.attributes.add(name=f"y{index}").nominal.values.extend(["0", "1"])
            blocks[0].header.schema.labels.add(attribute_index=6 + index, positive_value=1)
        rows = aemlo_client._block(features, labels)
        rows.dense.missing = b""
        rows.dense.values = struct.pack("<d", float("nan")) + rows.dense.values[8:]
        blocks.append(dataset_service_pb2.UploadDatasetRequest(rows=rows))
        error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, lambda: self.stub.UploadDataset(iter(blocks)))
        self.assertIn("values", details(error)["BadRequest"].field_violations[0].field)


if __name__ == "__main__":
    unittest.main()
