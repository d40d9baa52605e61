# Sourced by ./run and ./test: installs Debian and npm packages that are missing, configures and builds.

packages_run=(ca-certificates cmake ninja-build ccache g++ nodejs npm
  libboost1.81-dev rapidjson-dev libssl-dev libsoci-dev libexpat1-dev libtomlplusplus-dev libkainjow-mustache-dev
  libfmt-dev libspdlog-dev libcli11-dev libicu-dev libhowardhinnant-date-dev libqrencode-dev libcsv-dev libxlsxwriter-dev
  prometheus-cpp-dev libjemalloc-dev libopencc-dev liblinear-dev tzdata
  tesseract-ocr tesseract-ocr-chi-sim)
packages_test=("${packages_run[@]}" libgtest-dev libgmock-dev python3 curl openssl chromium fonts-noto-cjk
  clang-tools-14 clang-tidy-14 wrk libreoffice-calc-nogui)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# node and npm may be there without Debian's packages of these names.
missing_packages() {
  local package
  for package in "$@"; do
    case "$package" in
      nodejs) command -v node >/dev/null && continue ;;
      npm) command -v npm >/dev/null && continue ;;
    esac
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || echo "$package"
  done
}

install_for() {
  local list="packages_$1[@]" missing
  missing=$(missing_packages "${!list}")
  if [ -n "$missing" ]; then
    echo "installing: $(echo $missing)" >&2
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
  fi
  # The lock file's copy in node_modules says whether what is there is what is wanted.
  local omit=(); [ "$1" = run ] && omit=(--omit=dev)
  if [ "$1" = test ] && [ ! -d node_modules/playwright-core ] || ! cmp -s package-lock.json node_modules/.linli-lock; then
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "${omit[@]}"
    cp package-lock.json node_modules/.linli-lock
  fi
}

# build_into FOLDER TYPE [cmake options]
build_into() {
  local folder=$1 type=$2; shift 2
  export CCACHE_BASEDIR="$PWD" CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1
  [ -f "$folder/build.ninja" ] || cmake -G Ninja -S . -B "$folder" -DCMAKE_BUILD_TYPE="$type" "$@" >/dev/null
  cmake --build "$folder" --parallel "$(nproc)"
}
