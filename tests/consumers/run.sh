#!/usr/bin/env bash
# Exports read by the tools that they are for: tests/consumers/run.sh PROGRAM [ARGUMENTS OF PYTEST]. Needs Python 3.11 or newer with venv
# and, for the Mermaid parser, Node 20 or newer; packages are installed from PyPI and npm into target/consumers.
set -euo pipefail
cd "$(dirname "$0")/../.."
PORTOLAN=$(realpath "${1:?name the portolan program, such as target/release/portolan}")
export PORTOLAN
shift
here=target/consumers
if ! command -v dot >/dev/null; then
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends graphviz) ||
    { echo "Graphviz could not be installed: install it, so that there is a program dot" >&2; exit 2; }
fi
[ -x "$here/venv/bin/python" ] || python3 -m venv "$here/venv" ||
  { (apt-get update && apt-get install -y --no-install-recommends python3-venv) && python3 -m venv "$here/venv"; }
requirements=()
for file in tests/consumers/requirements-*.txt; do requirements+=(-r "$file"); done
"$here/venv/bin/pip" install --quiet --disable-pip-version-check "${requirements[@]}"
(cd tests/consumers/mermaid && { [ -d node_modules ] || npm ci --no-audit --no-fund --silent; })
"$here/venv/bin/python" -m pytest -q tests/consumers "$@"
