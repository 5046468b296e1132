#!/usr/bin/env bash
# Real clients against the API of a record: api.sh WAITKEEPER DATABASE. Needs curl, gdal-bin, prometheus (promtool),
# openapi-spec-validator and schemathesis; what is not installed is said and left out.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
"$1" serve --database "$2" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
trap 'kill "$server"; wait "$server" || true; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  url=$(sed -n 's/^Listening on \(http:[^ ]*\).*/\1/p' "$work/log")
  [ -n "$url" ] && break
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
has() { command -v "$1" >/dev/null || { echo "api.sh: $1 is not installed, and left out" >&2; return 1; }; }

if has openapi-spec-validator; then
  curl -sf "${url}openapi.json" -o "$work/openapi.json"
  openapi-spec-validator "$work/openapi.json"
fi
if has promtool; then
  curl -sf "${url}metrics" | promtool check metrics
  curl -sf "${url}metrics" | promtool check metrics # now with the first scrape's own figures
  echo "promtool: OK"
fi
if has ogrinfo; then
  for layer in hospitals latest; do
    curl -sf "${url}v1/$layer.geojson" -o "$work/$layer.geojson"
    ogrinfo -so -al "$work/$layer.geojson" | grep -q '^Feature Count: 18$'
  done
  echo "ogrinfo: OK, 18 points"
fi
if has schemathesis; then
  schemathesis --config-file schemathesis.toml run "${url}openapi.json" --max-examples "${EXAMPLES:-20}" \
    --request-timeout 10 --no-color
fi
