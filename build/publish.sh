#!/usr/bin/env bash
# Makes artifacts/aemlo-VERSION-PLATFORM.tar.gz (.zip on Windows): unpack it and run ./aemlo, no .NET needed.
# Arguments go to `dotnet publish`, for example -p:AemloTorch=cuda.
set -euo pipefail
cd "$(dirname "$0")/.."

cli=src/AemloBridge.Cli
version="$(dotnet msbuild "$cli" -getProperty:Version)"
platform="$(dotnet msbuild "$cli" -getProperty:NETCoreSdkPortableRuntimeIdentifier)"
name="aemlo-$version-$platform"

rm -rf "artifacts/$name"
dotnet publish "$cli" -c Release -r "$platform" --self-contained -p:DebugType=none -o "artifacts/$name" "$@"
for file in README.md LICENSE CITATION.cff CHANGELOG.md; do
    [ ! -f "$file" ] || cp "$file" "artifacts/$name/"
done

cd artifacts
if [[ "$platform" == win-* ]]; then
    rm -f "$name.zip"
    powershell -NoProfile -Command "Compress-Archive -Path '$name' -DestinationPath '$name.zip'"
    echo "artifacts/$name.zip"
else
    tar -czf "$name.tar.gz" "$name"
    echo "artifacts/$name.tar.gz"
fi
