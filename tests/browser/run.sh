#!/usr/bin/env bash
# Opens portolan's charts and report pages in chromium and measures them. Usage: tests/browser/run.sh [PORTOLAN [OPTIONS OF check.mjs]]
# Installs what is missing: chromium by apt-get (Debian, as root), node_modules by npm ci.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
repository=$(cd "$here/../.." && pwd)
target=${CARGO_TARGET_DIR:-$repository/target}

program=
case "${1:-}" in
  "" | -*) ;;
  *) program=$1; shift ;;
esac
if [ -z "$program" ]; then
  for profile in release debug; do
    if [ -x "$target/$profile/portolan" ]; then program=$target/$profile/portolan; break; fi
  done
fi
if [ ! -x "$program" ]; then
  echo "no portolan program${program:+ at $program}: run cargo build --release first, or name one" >&2
  exit 2
fi
program=$(realpath "$program")

if ! command -v node >/dev/null; then
  echo "node 20 or newer is needed (Debian: apt-get install nodejs npm)" >&2
  exit 2
fi
if [ -z "${CHROMIUM:-}" ] && ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then
  # The Noto fonts are for names that are not in Latin letters.
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-liberation fonts-noto-core fonts-noto-cjk) ||
    { echo "chromium could not be installed: install it, or name one in CHROMIUM" >&2; exit 2; }
fi
cd "$here"
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund
fi

failed=0
echo "== Do the checks see what is wrong?"
node self-test.mjs || failed=1
echo "== Charts"
node check.mjs --program "$program" "$@" || failed=1
echo "== Report pages"
node report.mjs --program "$program" || failed=1
exit $failed
