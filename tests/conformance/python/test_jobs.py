import json
import os
import subprocess
import tempfile
import unittest

import grpc

from harness import EXECUTABLE, PATIENCE, SMALL, ServerTest, Server, aemlo_client, arff, details, sample
from aemlo.v1 import job_pb2, job_service_pb2, job_service_pb2_grpc, server_service_pb2, server_service_pb2_grpc

LONG = dict(SMALL, epochs=100000)


def request(digest, options, **control):
    wanted = job_service_pb2.OversampleRequest(dataset_digest=digest)
    for key, value in options.items():
        wanted.method.options[key] = str(value)
    for key, value in control.items():
        setattr(wanted.control, key, value)
    return wanted


def started(call):
    """Reads a stream up to the first epoch and gives the job's id."""
    job = None
    for response in call:
        kind = response.event.WhichOneof("event")
        if kind == "accepted":
            job = response.event.accepted.job_id
        if kind == "progress":
            return job
    raise AssertionError("the stream ended before the first epoch")


class Jobs(ServerTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.features, cls.labels = sample()
        cls.digest = aemlo_client.upload(cls.channel, cls.features, cls.labels)
        cls.stub = job_service_pb2_grpc.JobServiceStub(cls.channel)

    def oversample(self, **options):
        return aemlo_client.oversample(self.channel, self.digest, 6, 3, **dict(SMALL, epochs=3, **options))

    def test_rows_are_those_of_the_command_line(self):
        features, labels, seeds, report = self.oversample()
        self.assertTrue(features)
        with tempfile.TemporaryDirectory() as folder:
            given, made = os.path.join(folder, "data.arff"), os.path.join(folder, "out.arff")
            arff(given, self.features, self.labels)
            options = [word for key, value in dict(SMALL, epochs=3).items() for word in (f"--{key}", str(value))]
            subprocess.run(
                [EXECUTABLE, "oversample", given, "--labels", "last:3", "-o", made, "--quiet", *options],
                check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL,
            )
            with open(made, encoding="utf-8") as lines:
                rows = [line.strip().split(",") for line in lines]
        rows = rows[rows.index(["@data"]) + 1:]
        self.assertEqual(len(rows), len(self.features) + len(features))
        for row, values, classes in zip(rows[len(self.features):], features, labels):
            self.assertEqual([None if cell == "?" else float(cell) for cell in row[:6]], values)
            self.assertEqual([int(cell) for cell in row[6:]], classes)

    def test_every_method_gives_the_recipe_of_the_command_line(self):
        info = server_service_pb2_grpc.ServerServiceStub(self.channel).GetServerInfo(server_service_pb2.GetServerInfoRequest())
        methods = [method.name for method in info.methods if not method.trains]
        self.assertIn("mlsol", methods)
        for method in methods:
            with self.subTest(method=method), tempfile.TemporaryDirectory() as folder:
                given, made = os.path.join(folder, "data.arff"), os.path.join(folder, "out.arff")
                arff(given, self.features, self.labels)
                told = json.loads(subprocess.run(
                    [EXECUTABLE, "oversample", given, "--labels", "last:3", "-o", made, "--json", "--method", method, "--seed", "3"],
                    check=True, timeout=PATIENCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                ).stdout)
                wanted = job_service_pb2.OversampleRequest(dataset_digest=self.digest)
                wanted.method.method = method
                wanted.method.options["seed"] = "3"
                header = next(response.event.recipe.header for response in self.stub.Oversample(wanted) if response.event.recipe.HasField("header"))
                kept = header.input_row_count if header.keeps_all else header.kept_row_count
                self.assertEqual(
                    (kept, header.label_edit_count, header.clone_count, header.new_row_count),
                    (told["keptRows"], told["labelEdits"], told["clones"], told["newRows"]),
                )

    def test_a_method_that_trains_nothing_cannot_be_trained(self):
        wanted = job_service_pb2.TrainRequest(dataset_digest=self.digest)
        wanted.method.method = "mlros"
        error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, lambda: list(self.stub.Train(wanted)))
        self.assertIn("trains no model", error.details())

    def test_progress_comes_with_every_term_and_the_device(self):
        seen = []
        _, _, _, report = self.oversample(progress=seen.append)
        self.assertEqual([epoch.epochs for epoch in seen], [3] * len(seen))
        self.assertEqual(seen[-1].epoch, 3)
        self.assertEqual(seen[-1].device, "cpu")
        self.assertGreater(seen[-1].losses.total, 0)
        self.assertEqual(json.loads(report.report_json)["seed"], SMALL["seed"])

    def test_a_request_id_gives_the_same_job_again(self):
        first = list(self.stub.Oversample(request(self.digest, dict(SMALL, epochs=2), request_id="again")))
        second = list(self.stub.Oversample(request(self.digest, dict(SMALL, epochs=2), request_id="again")))
        self.assertTrue(second[0].event.accepted.joined)
        self.assertEqual(second[0].event.accepted.job_id, first[0].event.accepted.job_id)
        self.assertEqual(second[-1].event.report, first[-1].event.report)
        other = request(self.digest, dict(SMALL, epochs=4), request_id="again")
        self.assert_fails(grpc.StatusCode.ALREADY_EXISTS, lambda: list(self.stub.Oversample(other)))

    def test_cancelling_the_call_ends_the_job(self):
        call = self.stub.Oversample(request(self.digest, LONG))
        job = started(call)
        call.cancel()
        error = self.assert_fails(grpc.StatusCode.CANCELLED, lambda: list(self.stub.WatchJob(job_service_pb2.WatchJobRequest(job_id=job))))
        self.assertTrue(error.details())
        state = self.stub.GetJob(job_service_pb2.GetJobRequest(job_id=job)).job.state
        self.assertEqual(state, job_pb2.JOB_STATE_CANCELLED)

    def test_cancel_job_ends_the_stream_of_its_watcher(self):
        call = self.stub.Oversample(request(self.digest, LONG, keep_running=True))
        job = started(call)
        self.stub.CancelJob(job_service_pb2.CancelJobRequest(job_id=job))
        self.assert_fails(grpc.StatusCode.CANCELLED, lambda: list(call))

    def test_a_deadline_ends_the_job(self):
        call = self.stub.Oversample(request(self.digest, LONG), timeout=3)
        job = next(iter(call)).event.accepted.job_id
        self.assert_fails(grpc.StatusCode.DEADLINE_EXCEEDED, lambda: list(call))
        self.assertRaises(grpc.RpcError, lambda: list(self.stub.WatchJob(job_service_pb2.WatchJobRequest(job_id=job))))
        self.assertEqual(self.stub.GetJob(job_service_pb2.GetJobRequest(job_id=job)).job.state, job_pb2.JOB_STATE_CANCELLED)

    def test_watching_gives_the_result_from_an_offset(self):
        events = list(self.stub.Oversample(request(self.digest, dict(SMALL, epochs=2))))
        job = events[0].event.accepted.job_id
        whole = [part.rows.row_count for part in self.new_rows(events)]
        again = list(self.stub.WatchJob(job_service_pb2.WatchJobRequest(job_id=job, from_new_row=3)))
        parts = self.new_rows(again)
        self.assertEqual(parts[0].first_row, 3)
        self.assertEqual(sum(part.rows.row_count for part in parts), sum(whole) - 3)
        self.assertEqual(again[-1].event.report, events[-1].event.report)

    def test_a_wrong_option_is_named(self):
        error = self.assert_fails(grpc.StatusCode.INVALID_ARGUMENT, lambda: list(self.stub.Oversample(request(self.digest, {"epochs": 0}))))
        violation = details(error)["BadRequest"].field_violations[0]
        self.assertEqual(violation.field, "method.options[epochs]")
        self.assertIn("0", violation.description)

    def test_an_unknown_dataset_is_not_found(self):
        self.assert_fails(grpc.StatusCode.NOT_FOUND, lambda: list(self.stub.Oversample(request("0" * 64, SMALL))))

    @staticmethod
    def new_rows(events):
        return [
            response.event.recipe.new_rows
            for response in events
            if response.event.WhichOneof("event") == "recipe" and response.event.recipe.WhichOneof("part") == "new_rows"
        ]


class Restart(unittest.TestCase):
    def test_a_job_outlives_a_killed_server(self):
        server = Server()
        try:
            features, labels = sample()
            channel = server.channel()
            digest = aemlo_client.upload(channel, features, labels)
            stub = job_service_pb2_grpc.JobServiceStub(channel)
            wanted = request(digest, dict(SMALL, epochs=300), keep_running=True, request_id="kept")
            job = started(stub.Oversample(wanted))
            server.kill()
            server.start()
            stub = job_service_pb2_grpc.JobServiceStub(server.channel())
            events = list(stub.WatchJob(job_service_pb2.WatchJobRequest(job_id=job), timeout=PATIENCE))
            self.assertEqual(events[-1].event.WhichOneof("event"), "report")
            undisturbed = list(stub.Oversample(request(digest, dict(SMALL, epochs=300))))
            self.assertEqual(Jobs.new_rows(events), Jobs.new_rows(undisturbed))
        finally:
            server.close()


if __name__ == "__main__":
    unittest.main()
