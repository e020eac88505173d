#!/usr/bin/env bash
# Makes Python code from the contracts, in generated/ beside this script. Needs either
#   pip install grpcio grpcio-tools            or, on Debian and Ubuntu,
#   apt install python3-grpcio python3-protobuf protobuf-compiler-grpc libprotobuf-dev
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
proto="${AEMLO_PROTO:-../../proto}"
mkdir -p generated
if command -v protoc >/dev/null && plugin="$(command -v grpc_python_plugin)"; then
    compile=(protoc "--plugin=protoc-gen-grpc_python=$plugin")
else
    compile=("$python" -m grpc_tools.protoc)
fi
"${compile[@]}" -I "$proto" --python_out=generated --grpc_python_out=generated "$proto"/aemlo/v1/*.proto
