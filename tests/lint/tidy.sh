#!/bin/bash
# tidy.sh BUILD [FOLDER...]: clang-tidy with the checks of .clang-tidy over the .cpp files of BUILD, or of the
# folders given (bot/base). Slower than a compilation, so the slow checks run it and the tests do not. A file that
# is unchanged, with every header of the project, since it was last in order is skipped.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift
work=$build/tidy
mkdir -p "$work"

check() {  # FILE: prints what is wrong with it
  local file=$1 stamp more=()
  stamp=$work/$(echo "${file#"$root"/}" | tr / _).ok
  if [[ -e $stamp && -z $(find "$file" "$root/.clang-tidy" "$root/bot" "$root/handlers" "$root/tests" \
                               \( -name '*.hpp' -o -path "$file" -o -name .clang-tidy \) -newer "$stamp" -print -quit) ]]; then
    return 0
  fi
  if grep -qE '\bco_(await|return)\b' "$file"; then more=(-checks=-performance-unnecessary-value-param); fi
  touch "$stamp.next"
  if clang-tidy-14 -p "$work" --quiet "${more[@]}" "$file" 2>&1 | grep -vE '^[0-9]+ warnings? |^Suppressed|^Use -header'; then
    rm -f "$stamp" "$stamp.next"  # a file in order prints nothing
    return 1
  fi
  mv "$stamp.next" "$stamp"
}

sample=$here/samples/tidy_bad.cpp
diff <(grep -n '// found' "$sample" | cut -d: -f1) \
     <(clang-tidy-14 --quiet "$sample" -- -std=c++20 2>/dev/null |
         sed -n 's/.*tidy_bad\.cpp:\([0-9]*\):.*error: .*/\1/p' | sort -nu) || {
  echo "clang-tidy does not find the marked lines of $sample (<) or finds others (>)"
  exit 1
}

python3 "$here/clang_commands.py" "$build" "$work" >"$work/files"
pattern=$(printf "^$root/%s/|" "${@:-.*}")
mapfile -t files < <(grep -E "${pattern%|}" "$work/files")
export here root work
export -f check
printf '%s\n' "${files[@]}" | xargs -r -P 2 -I{} bash -c 'check {}' || exit 1
echo "${#files[@]} files are in order"
