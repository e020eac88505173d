"""A real server process for the tests, and the calls they share."""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path[:0] = [os.environ["AEMLO_CONFORMANCE_GENERATED"], str(ROOT / "examples" / "python")]

import grpc  # noqa: E402
import aemlo_client  # noqa: E402
from rpc import errors_pb2  # noqa: E402

EXECUTABLE = os.environ["AEMLO_EXECUTABLE"]
# The machine may be busy; a test that waits this long has failed.
PATIENCE = 120
SMALL = {"hidden": 16, "latent": 8, "threads": 1, "device": "cpu", "seed": 5}


class Server:
    """`aemlo serve` on a free port, with a data folder of its own."""

    def __init__(self, *arguments):
        self.folder = tempfile.mkdtemp(prefix="aemlo-conformance-")
        self.arguments = arguments
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            [EXECUTABLE, "serve", "--listen", "127.0.0.1:0", "--data", self.folder, "--stop-with-parent", *self.arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        line = self.process.stdout.readline()
        if "listening on http://" not in line:
            raise AssertionError(f"the server did not come up; its first line was {line!r}")
        self.address = line.strip().removeprefix("listening on http://")

    def channel(self, token=None):
        return aemlo_client.connect(self.address, token)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(PATIENCE)

    def close(self):
        if self.process.poll() is None:
            self.process.stdin.close()
            self.process.wait(PATIENCE)
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class ServerTest(unittest.TestCase):
    """A class of tests that share one server."""

    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.arguments)
        cls.channel = cls.server.channel()

    @classmethod
    def tearDownClass(cls):
        cls.channel.close() if hasattr(cls.channel, "close") else None
        cls.server.close()

    def assert_fails(self, code, call):
        """The error of a call that must fail with this code."""
        with self.assertRaises(grpc.RpcError) as caught:
            call()
        self.assertEqual(caught.exception.code(), code, caught.exception.details())
        return caught.exception


def details(error):
    """The google.rpc details of an error, by the name of their type."""
    for key, value in error.trailing_metadata() or ():
        if key == "grpc-status-details-bin":
            status = errors_pb2.Status.FromString(value)
            found = {"status": status}
            for item in status.details:
                kind = item.type_url.rsplit(".", 1)[-1]
                if hasattr(errors_pb2, kind):
                    found[kind] = getattr(errors_pb2, kind).FromString(item.value)
            return found
    return {}


def sample(rows=200, columns=6):
    """Features with a hole in them, and three labels of which the last one is rare (8 rows). No randomness."""
    features = [[round(((row * 37 + column * 101) % 97) / 9.7 - 5, 6) for column in range(columns)] for row in range(rows)]
    features[3][2] = None
    labels = [[int(row % 2 == 0), int(row % 3 == 0), int(row % 25 == 1)] for row in range(rows)]
    return features, labels


def arff(path, features, labels):
    """The same data as an ARFF file for the command line."""
    lines = ["@relation data"]
    lines += [f"@attribute x{index + 1} numeric" for index in range(len(features[0]))]
    lines += [f"@attribute y{index + 1} {{0,1}}" for index in range(len(labels[0]))]
    lines += ["@data"]
    for row, classes in zip(features, labels):
        lines.append(",".join(["?" if value is None else repr(value) for value in row] + [str(value) for value in classes]))
    pathlib.Path(path).write_text("\n".join(lines) + "\n", encoding="utf-8")
