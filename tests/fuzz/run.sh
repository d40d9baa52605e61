#!/bin/bash
# run.sh [SECONDS [TARGET...]]: builds the fuzz targets with clang's libFuzzer, sanitizers on, and runs each for
# SECONDS (60) from the seeds and from what earlier runs found (build-fuzz/<target>). A finding ends it with the input.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:-60}
shift || true
targets=("$@")
[[ ${#targets[@]} -gt 0 ]] || targets=(inbound json cipher)
out=build-fuzz
mkdir -p "$out"

base=(base64 digest json json_writer log random result text utf8)
platform=(inbound message_cipher reply signature xml)
sources=("${base[@]/#/bot/base/}" "${platform[@]/#/bot/platform/}")
# -fno-sanitize=pointer-overflow: RapidJSON's stack adds an offset to null, which does no harm.
flags=(-std=c++20 -O1 -g -I. -fsanitize=fuzzer,address,undefined -fno-sanitize=pointer-overflow
  -fno-sanitize-recover=all -DSPDLOG_FMT_EXTERNAL -DSPDLOG_COMPILED_LIB)
for header in algorithm array chrono cstdint functional map memory optional span string string_view utility variant vector \
  fmt/format.h; do
  flags+=(-include "$header")
done

for target in "${targets[@]}"; do
  corpus=$out/$target
  mkdir -p "$corpus"
  seeds=("$corpus")
  [[ ! -d tests/fuzz/seeds/$target ]] || seeds+=("tests/fuzz/seeds/$target")
  clang++-14 "${flags[@]}" "tests/fuzz/${target}_fuzz.cpp" "${sources[@]/%/.cpp}" -o "$out/${target}_fuzz" \
    -lfmt -lspdlog -lexpat -lcrypto -licuuc -licui18n
  "$out/${target}_fuzz" -max_total_time="$seconds" -max_len=8192 -print_final_stats=1 -artifact_prefix="$out/" \
    "${seeds[@]}" 2>&1 | tail -8
done
