# shellcheck shell=bash disable=SC2034
# Debian packages: which are missing, and installing them. To be sourced.

# To build and run Headroom
build_packages=(gcc libc6-dev make cmake ninja-build pkg-config libgsl-dev libhdf5-dev
    libfyaml-dev libfftw3-dev nettle-dev libxlsxwriter-dev)

# To turn official files into a practices table
import_packages=(python3)

# To make pages for boards
report_packages=(python3-h5py python3-numpy)

# To test it as well
test_packages=(libcmocka-dev g++ librandom123-dev locales binutils git
    python3 python3-h5py python3-numpy python3-openpyxl python3-jsonschema python3-yaml python3-scipy python3-xarray python3-h5netcdf
    hdf5-tools netcdf-bin)

# For all that `scripts/test --full` adds
full_test_packages=(clang-14 libclang-rt-14-dev libomp-14-dev clang-format-14 clang-tidy-14 gcovr help2man man-db
    r-base-core r-cran-hdf5r r-cran-mgcv octave chromium nodejs npm poppler-utils libreoffice-calc-nogui)

# For a build with -DHEADROOM_MPI=ON, whose ranks share a run
mpi_packages=(openmpi-bin libopenmpi-dev)

# For `scripts/test --fuzz`
fuzz_packages=(libcmocka-dev librandom123-dev clang-14 libclang-rt-14-dev libomp-14-dev)

is_installed()
{
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing_packages()
{
    local package

    for package in "$@"; do
        is_installed "$package" || echo "$package"
    done
}

# The word to put before a command that needs root: nothing, sudo, or a failure
as_root()
{
    if [ "$(id -u)" -eq 0 ]; then
        return 0
    fi
    command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; } && echo sudo
}

# Install those of the packages that are missing, or say how and exit 2.
install_packages()
{
    local missing sudo

    mapfile -t missing < <(missing_packages "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null || ! sudo=$(as_root); then
        echo "Some packages are missing, and this script may not install them. As root, run:"
        echo "  apt-get install --no-install-recommends ${missing[*]}"
        exit 2
    fi
    echo "Installing with apt-get: ${missing[*]}"
    $sudo apt-get update --quiet --quiet
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install --quiet --quiet --yes \
        --no-install-recommends "${missing[@]}" >/dev/null
}
