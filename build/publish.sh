#!/usr/bin/env bash
# Makes artifacts/aemlo-VERSION-PLATFORM.tar.gz (.zip on Windows): unpack it and run ./aemlo, no .NET needed.
# Arguments go to `dotnet publish`, for example -p:AemloTorch=cuda.
set -euo pipefail
cd "$(dirname "$0")/.."

cli=src/AemloBridge.Cli
version="$(dotnet msbuild "$cli" -getProperty:Version)"
platform="$(dotnet msbuild "$cli" -getProperty:NETCoreSdkPortableRuntimeIdentifier)"
name="aemlo-$version-$platform"

# install.sh compares the sources with this file: begun before them, it is older than any change made meanwhile.
mkdir -p artifacts
rm -rf "artifacts/$name" artifacts/published
started="$(mktemp artifacts/publishing.XXXXXX)"
trap 'rm -f "$started"' EXIT
printf '%s\n%s\n' "$name" "$*" >"$started"

dotnet publish "$cli" -c Release -r "$platform" --self-contained -p:DebugType=none -o "artifacts/$name" "$@"
for file in README.md LICENSE CITATION.cff CHANGELOG.md; do
    [ ! -f "$file" ] || cp "$file" "artifacts/$name/"
done

mv "$started" artifacts/published
chmod 644 artifacts/published
cd artifacts
if [[ "$platform" == win-* ]]; then
    rm -f "$name.zip"
    powershell -NoProfile -Command "Compress-Archive -Path '$name' -DestinationPath '$name.zip'"
    echo "artifacts/$name.zip"
else
    tar -czf "$name.tar.gz" "$name"
    echo "artifacts/$name.tar.gz"
fi
