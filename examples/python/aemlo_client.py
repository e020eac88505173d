"""A small client of an AEMLO Bridge server: numbers in, new rows out. Copy it and change what you need.

Run generate.sh once before. Nothing but grpcio and protobuf is needed; lists and NumPy arrays both work as input.
"""

import pathlib
import sys
import uuid
from array import array

import grpc

sys.path.insert(0, str(pathlib.Path(__file__).parent / "generated"))

from aemlo.v1 import dataset_pb2, dataset_service_pb2, dataset_service_pb2_grpc  # noqa: E402
from aemlo.v1 import job_service_pb2, job_service_pb2_grpc, rows_pb2  # noqa: E402

# A message stays below 1 MiB.
BLOCK_BYTES = 900_000


def connect(address="127.0.0.1:50051", token=None):
    """Opens a channel without TLS, as is right for a server on this machine.

    For one elsewhere use grpc.secure_channel(address, grpc.ssl_channel_credentials()); the token goes along the same way.
    """
    channel = grpc.insecure_channel(address)
    return grpc.intercept_channel(channel, _Token(token)) if token else channel


def upload(channel, features, labels, feature_names=None, label_names=None, name=""):
    """Stores a dense data set of numbers and gives its digest; storing the same rows twice keeps one copy.

    features: n rows of d numbers; None and NaN mean "missing". labels: n rows of q values, 0 or 1.
    """
    columns, classes = len(features[0]), len(labels[0])
    header = dataset_pb2.DatasetHeader(
        row_count=len(features),
        layout=rows_pb2.FEATURE_LAYOUT_DENSE,
        value_type=rows_pb2.VALUE_TYPE_FLOAT64,
        name=name,
    )
    header.schema.relation_name = name or "data"
    for index in range(columns):
        attribute = header.schema.attributes.add(name=feature_names[index] if feature_names else f"x{index + 1}")
        attribute.numeric.declared_type = "numeric"
    for index in range(classes):
        attribute = header.schema.attributes.add(name=label_names[index] if label_names else f"y{index + 1}")
        attribute.nominal.values.extend(["0", "1"])
        header.schema.labels.add(attribute_index=columns + index, positive_value=1)

    def messages():
        yield dataset_service_pb2.UploadDatasetRequest(header=header)
        step = max(1, BLOCK_BYTES // (8 * columns + columns // 8 + classes // 8 + 2))
        for start in range(0, len(features), step):
            yield dataset_service_pb2.UploadDatasetRequest(
                rows=_block(features[start:start + step], labels[start:start + step])
            )

    stub = dataset_service_pb2_grpc.DatasetServiceStub(channel)
    return stub.UploadDataset(messages()).dataset.digest


def oversample(channel, digest, columns, classes, preset="default", progress=None, request_id=None, timeout=None, **options):
    """Trains on a stored data set and gives (features, labels, seed rows, report) of the new rows.

    options are those of the command line with "_" for "-": epochs=20, seed=7, minority_rule="irlbl".
    progress is called with each epoch's EpochProgress. A repeat of a request_id joins the job that is there already.
    """
    request = job_service_pb2.OversampleRequest(dataset_digest=digest)
    request.control.request_id = request_id or str(uuid.uuid4())
    request.method.preset = preset
    for option, value in options.items():
        text = str(value).lower() if isinstance(value, bool) else str(value)
        request.method.options[option.replace("_", "-")] = text
    stub = job_service_pb2_grpc.JobServiceStub(channel)
    features, labels, seeds, report = [], [], [], None
    for response in stub.Oversample(request, timeout=timeout):
        event = response.event
        kind = event.WhichOneof("event")
        if kind == "progress" and progress:
            progress(event.progress)
        elif kind == "recipe" and event.recipe.WhichOneof("part") == "new_rows":
            part = event.recipe.new_rows
            features += _features(part.rows, columns)
            labels += _labels(part.rows, classes)
            seeds += _numbers("i", part.seed_rows)
        elif kind == "report":
            report = event.report
    return features, labels, seeds, report


def _block(features, labels):
    values, missing = array("d"), bytearray((len(features) * len(features[0]) + 7) // 8)
    position = 0
    for row in features:
        for value in row:
            if value is None or value != value:
                missing[position // 8] |= 1 << (position % 8)
                value = 0
            values.append(value)
            position += 1
    width = (len(labels[0]) + 7) // 8
    bits = bytearray(width * len(labels))
    for index, row in enumerate(labels):
        for label, value in enumerate(row):
            if value:
                bits[index * width + label // 8] |= 1 << (label % 8)
    block = rows_pb2.RowBlock(row_count=len(features), labels=bytes(bits))
    block.dense.values = _bytes(values)
    if any(missing):
        block.dense.missing = bytes(missing)
    return block


def _features(block, columns):
    if block.WhichOneof("features") == "dense":
        values, missing = _numbers("d", block.dense.values), block.dense.missing
        if missing:
            values = [None if missing[i // 8] >> (i % 8) & 1 else value for i, value in enumerate(values)]
        return [list(values[row * columns:(row + 1) * columns]) for row in range(block.row_count)]
    rows, entry = [], 0
    positions, values = _numbers("I", block.sparse.columns), _numbers("d", block.sparse.values)
    for count in _numbers("I", block.sparse.entry_counts):
        row = [0.0] * columns
        for _ in range(count):
            missing = block.sparse.missing and block.sparse.missing[entry // 8] >> (entry % 8) & 1
            row[positions[entry]] = None if missing else values[entry]
            entry += 1
        rows.append(row)
    return rows


def _labels(block, classes):
    width = (classes + 7) // 8
    return [
        [block.labels[row * width + label // 8] >> (label % 8) & 1 for label in range(classes)]
        for row in range(block.row_count)
    ]


def _numbers(kind, content):
    numbers = array(kind)
    numbers.frombytes(content)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _bytes(numbers):
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


class _Token(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor, grpc.StreamUnaryClientInterceptor):
    """Sends the bearer token with every call."""

    def __init__(self, token):
        self._token = token

    def _add(self, continuation, details, request):
        metadata = list(details.metadata or []) + [("authorization", f"Bearer {self._token}")]
        return continuation(_Details(details.method, details.timeout, metadata, details.credentials), request)

    intercept_unary_unary = intercept_unary_stream = intercept_stream_unary = _add


class _Details(grpc.ClientCallDetails):
    def __init__(self, method, timeout, metadata, credentials):
        self.method, self.timeout, self.metadata, self.credentials = method, timeout, metadata, credentials
