#!/bin/bash
# coro_lint.sh BUILD [SOURCE...]: finds the coroutine forms that g++ 12 destroys twice (an aggregate or capturing
# lambda written inside an awaited expression) in every .cpp file of BUILD with a co_await, or in SOURCE. What is
# wrong is cured by building the value on the line above. A file unchanged since it was last in order is skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift
work=$build/coro_lint
mkdir -p "$work"

command -v clang-query-14 >/dev/null || {
  echo "clang-query-14 is missing: apt-get install clang-tools-14"
  exit 1
}

query() {  # FILE [COMPILER FLAGS]: what clang-query says about it
  clang-query-14 -p "$work" -f "$here/coro_lint.query" "$@" 2>&1 || true
}

samples() {  # the lint must find exactly the marked lines of the sample, or it finds nothing anywhere
  local sample=$here/samples/coro_bad.cpp
  diff <(grep -n '// found' "$sample" | cut -d: -f1) \
       <(query "$sample" -- -std=c++20 | sed -n 's/.*coro_bad\.cpp:\([0-9]*\):.*note: "root" binds.*/\1/p' | sort -nu) || {
    echo "the lint does not find the marked lines of $sample (<) or finds others (>)"
    exit 1
  }
}

check() {  # FILE: prints what is wrong with it
  local file=$1 said stamp
  stamp=$work/$(echo "${file#"$root"/}" | tr / _).ok
  if [[ -e $stamp && -z $(find "$file" "$here/coro_lint.query" "$root/bot" "$root/handlers" "$root/tests" \
                               \( -name '*.hpp' -o -path "$file" -o -name coro_lint.query \) -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  touch "$stamp.next"
  said=$(query "$file")
  if grep -qE '^Match #|error:' <<<"$said" || [[ $(grep -c ' match' <<<"$said") -lt 3 ]]; then
    rm -f "$stamp" "$stamp.next"
    grep -vE '^[01] match(es)?\.$' <<<"$said"
    return 1
  fi
  mv "$stamp.next" "$stamp"
}

samples
python3 "$here/clang_commands.py" "$build" "$work" >"$work/files"
if grep -rnE --include='*.hpp' '\bco_(await|return|yield)\b' "$root/bot" "$root/handlers" | grep -vE ':[0-9]+: *//'; then
  echo "a coroutine in a header: the lint reads only .cpp files, move it there"
  exit 1
fi
if [[ $# -eq 0 ]]; then
  mapfile -t files < <(xargs -r grep -lE '\bco_await\b' <"$work/files" || true)
else
  files=("$@")
fi
export here root work
export -f check query
printf '%s\n' "${files[@]}" | xargs -r -P 2 -I{} bash -c 'check {}' || {
  echo "build what is awaited on the line above: the awaited expression holds only names, constants and calls"
  exit 1
}
echo "${#files[@]} files are in order"
