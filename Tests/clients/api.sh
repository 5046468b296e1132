#!/usr/bin/env bash
# Real clients against the API of a record: api.sh WAITKEEPER DATABASE. Needs curl, gdal-bin, promtool, openapi-spec-validator and
# schemathesis; one that is not installed is a failure (make api and make clients install them).
set -euo pipefail
cd "$(dirname "$0")"
for tool in curl openapi-spec-validator promtool ogrinfo schemathesis; do
  command -v $tool >/dev/null || { echo "api.sh: $tool is not installed" >&2; exit 1; }
done
work=$(mktemp -d)
"$1" serve --database "$2" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
trap 'kill "$server"; wait "$server" || true; rm -rf "$work"' EXIT
for _ in $(seq 600); do
  url=$(sed -n 's/^Listening on \(http:[^ ]*\).*/\1/p' "$work/log")
  [ -n "$url" ] && break
  kill -0 "$server" || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
[ -n "$url" ] || { echo "api.sh: the server does not listen after a minute" >&2; exit 1; }

curl -sf "${url}openapi.json" -o "$work/openapi.json"
openapi-spec-validator "$work/openapi.json"
curl -sf "${url}metrics" | promtool check metrics
curl -sf "${url}metrics" | promtool check metrics # now with the first scrape's own figures
echo "promtool: OK"
for layer in hospitals latest; do
  curl -sf "${url}v1/$layer.geojson" -o "$work/$layer.geojson"
  ogrinfo -so -al "$work/$layer.geojson" | grep '^Feature Count: 18$'
done
echo "ogrinfo: OK, 18 points"
schemathesis --config-file schemathesis.toml run "${url}openapi.json" --max-examples "${EXAMPLES:-20}" \
  --request-timeout 30 --no-color
