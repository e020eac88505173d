import hashlib
import pathlib
import tempfile
import unittest

import grpc

from harness import Server, ServerTest, aemlo_client, details, sample
from aemlo.v1 import dataset_service_pb2, dataset_service_pb2_grpc, server_service_pb2, server_service_pb2_grpc
from health.v1 import health_pb2, health_pb2_grpc
from reflection.v1 import reflection_pb2, reflection_pb2_grpc


class ServerInformation(ServerTest):
    def info(self, **fields):
        stub = server_service_pb2_grpc.ServerServiceStub(self.channel)
        return stub.GetServerInfo(server_service_pb2.GetServerInfoRequest(**fields))

    def test_options_can_build_a_form(self):
        method = next(item for item in self.info().methods if item.name == "aemlo")
        epochs = next(option for option in method.options if option.name == "epochs")
        self.assertEqual((epochs.default_value, epochs.minimum), ("50", 1))
        self.assertEqual([preset.name for preset in method.presets], ["default", "paper", "published"])

    def test_a_client_too_new_is_told_so(self):
        error = self.assert_fails(grpc.StatusCode.FAILED_PRECONDITION, lambda: self.info(protocol_version=999))
        self.assertIn("999", error.details())
        self.assertEqual(details(error)["ErrorInfo"].reason, "PROTOCOL_VERSION")

    def test_health_is_serving(self):
        stub = health_pb2_grpc.HealthStub(self.channel)
        for response in stub.Watch(health_pb2.HealthCheckRequest()):
            if response.status == health_pb2.HealthCheckResponse.SERVING:
                break
        self.assertEqual(stub.Check(health_pb2.HealthCheckRequest()).status, health_pb2.HealthCheckResponse.SERVING)

    def test_reflection_lists_every_service(self):
        stub = reflection_pb2_grpc.ServerReflectionStub(self.channel)
        call = stub.ServerReflectionInfo(iter([reflection_pb2.ServerReflectionRequest(list_services="*")]))
        names = {item.name for item in next(iter(call)).list_services_response.service}
        self.assertLessEqual({f"aemlo.v1.{name}Service" for name in ("Dataset", "Job", "Model", "Server")}, names)


class Tenants(unittest.TestCase):
    def test_tokens_keep_tenants_apart(self):
        with tempfile.TemporaryDirectory() as folder:
            tokens = pathlib.Path(folder, "tokens")
            tokens.write_text("".join(f"{name}:{hashlib.sha256(f'secret-of-{name}'.encode()).hexdigest()}\n" for name in ("anna", "bert")))
            tokens.chmod(0o600)
            server = Server("--tokens", str(tokens))
            try:
                self.check(server)
            finally:
                server.close()

    def check(self, server):
        features, labels = sample(rows=50)
        anna, bert = server.channel("secret-of-anna"), server.channel("secret-of-bert")
        name = aemlo_client.upload(anna, features, labels)
        find = dataset_service_pb2.FindDatasetRequest(digest=name)
        self.assertEqual(dataset_service_pb2_grpc.DatasetServiceStub(anna).FindDataset(find).dataset.digest, name)
        for channel, code in ((bert, grpc.StatusCode.NOT_FOUND), (server.channel(), grpc.StatusCode.UNAUTHENTICATED), (server.channel("guess"), grpc.StatusCode.UNAUTHENTICATED)):
            with self.assertRaises(grpc.RpcError) as caught:
                dataset_service_pb2_grpc.DatasetServiceStub(channel).FindDataset(find)
            self.assertEqual(caught.exception.code(), code)


if __name__ == "__main__":
    unittest.main()
