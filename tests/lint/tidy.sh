#!/bin/bash
# tidy.sh BUILD [FOLDER...]: clang-tidy with the checks of .clang-tidy over the .cpp files of BUILD, or of the
# folders given (bot/base), and in the program itself no result that nobody looks at (result_lint.query). Slower
# than a compilation, so the slow checks run it and the tests do not. A file that is unchanged, with every header
# of the project, since it was last in order is skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift
work=$build/tidy
mkdir -p "$work"

command -v clang-query-14 clang-tidy-14 >/dev/null || {
  echo "clang-tidy-14 or clang-query-14 is missing: apt-get install clang-tidy-14 clang-tools-14"
  exit 1
}

tidy() {  # FILE: clang-tidy's findings
  local more=()
  if grep -qE '\bco_(await|return)\b' "$1"; then more=(-checks=-performance-unnecessary-value-param); fi
  clang-tidy-14 -p "$work" --quiet "${more[@]}" "$1" 2>&1 | grep -vE '^[0-9]+ warnings? |^Suppressed|^Use -header' || true
}

ignored_results() {  # FILE [-- FLAGS]
  clang-query-14 -p "$work" -f "$here/result_lint.query" "$@" 2>&1 | grep -A2 -E 'error:|note: "root" binds' |
    sed 's/note: "root" binds here/error: nobody looks at this result/' || true
}

check() {  # FILE: prints what is wrong with it
  local file=$1 stamp said
  stamp=$work/$(echo "${file#"$root"/}" | tr / _).ok
  if [[ -e $stamp && -z $(find "$file" "$root/.clang-tidy" "$here" "$root/bot" "$root/handlers" "$root/tests" \
                               \( -name '*.hpp' -o -path "$file" -o -name .clang-tidy -o -name result_lint.query \) \
                               -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  touch "$stamp.next"
  said=$(tidy "$file")
  if [[ $file != "$root"/tests/* ]]; then said+=$(ignored_results "$file"); fi
  if [[ -n $said ]]; then
    rm -f "$stamp" "$stamp.next"
    echo "$said"
    return 1
  fi
  mv "$stamp.next" "$stamp"
}

marked() {  # FILE: the line numbers that must be found, beside those that are, read from standard input
  diff <(grep -n '// found' "$1" | cut -d: -f1) <(sed -n 's/.*_bad\.cpp:\([0-9]*\):.*error: .*/\1/p' | sort -nu) || {
    echo "the marked lines of $1 are not found (<) or others are (>)"
    return 1
  }
}

marked "$here/samples/tidy_bad.cpp" < <(clang-tidy-14 --quiet "$here/samples/tidy_bad.cpp" -- -std=c++20 2>/dev/null)
marked "$here/samples/result_bad.cpp" < <(ignored_results "$here/samples/result_bad.cpp" -- -std=c++20 -I"$root")

python3 "$here/clang_commands.py" "$build" "$work" >"$work/files"
pattern=$(printf "^$root/%s/|" "${@:-.*}")
mapfile -t files < <(grep -E "${pattern%|}" "$work/files")
export here root work
export -f check tidy ignored_results
printf '%s\n' "${files[@]}" | xargs -r -P 2 -I{} bash -c 'check {}' || exit 1
echo "${#files[@]} files are in order"
