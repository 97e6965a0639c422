#!/bin/sh
# Builds the Python that the Linux packages carry: CPython with its own SQLite, linked against glibc 2.28, so that the
# program runs on UOS 20 and Kylin V10 as well as on newer systems. Debian's sources are compiled with the C compiler
# of the `ziglang` wheel, which can link against the symbols of an older glibc than the one of the building machine.
#
#   installer/linux/build_python.sh FOLDER      FOLDER/python is what build.py takes; needs apt-get source and tclsh
set -eu
work=${1:?usage: build_python.sh FOLDER}
glibc=2.28
mkdir -p "$work/src" "$work/bin"
work=$(CDPATH='' cd -- "$work" && pwd)
prefix=$work/python
libs=$work/libs

python3 -m venv "$work/zig"
"$work/zig/bin/pip" -q install 'ziglang==0.17.1'
compiler() { # NAME TOOL ARGUMENTS: a program of this name that calls a tool of zig, away from the system's own headers
    cat > "$work/bin/$1" <<END
#!/bin/sh
left=\$#
while [ \$left -gt 0 ]; do
    one=\$1
    shift
    case \$one in
        -I/usr/* | -L/usr/*) ;;
        -Wl,-h*) set -- "\$@" "-Wl,-soname,\${one#-Wl,-h}" ;; # the spelling that zig knows
        *) set -- "\$@" "\$one" ;;
    esac
    left=\$((left - 1))
done
exec "$work/zig/bin/python" -m ziglang $2 "\$@"
END
    chmod +x "$work/bin/$1"
}
compiler cc "cc -target $(uname -m)-linux-gnu.$glibc -fno-sanitize=undefined -Wno-date-time"
compiler c++ "c++ -target $(uname -m)-linux-gnu.$glibc -fno-sanitize=undefined -Wno-date-time"
compiler ar ar
compiler ranlib ranlib
export CC="$work/bin/cc" CXX="$work/bin/c++" AR="$work/bin/ar" RANLIB="$work/bin/ranlib"
export CFLAGS="-O2 -fPIC" PATH="$work/bin:$PATH"

cd "$work/src"
source_of() { # PACKAGE: its original source, unpacked into a folder of that name
    [ -d "$1" ] && return
    ls "$1"_*.orig.tar.* >/dev/null 2>&1 || apt-get source --download-only "$1" || true # the .orig file is enough
    mkdir "$1"
    tar -xf "$(ls "$1"_*.orig.tar.* | head -1)" -C "$1" --strip-components=1
}
for package in zlib bzip2 xz-utils libffi sqlite3 python3.11; do source_of "$package"; done

static() { # PACKAGE OPTIONS: build and install a library without its shared form
    (cd "$1" && shift && ./configure --prefix="$libs" "$@" && make -j"$(nproc)" && make install) > "$work/$1.log" 2>&1
}
static zlib --static
(cd bzip2 && make -j"$(nproc)" CC="$CC" AR="$AR" RANLIB="$RANLIB" CFLAGS="$CFLAGS" libbz2.a &&
    install -D -m 644 bzlib.h "$libs/include/bzlib.h" && install -D -m 644 libbz2.a "$libs/lib/libbz2.a") > "$work/bzip2.log" 2>&1
static xz-utils --disable-shared --disable-nls --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc
static libffi --disable-shared --disable-docs --disable-exec-static-tramp
static sqlite3 --disable-shared --disable-readline --disable-tcl CFLAGS="$CFLAGS -DSQLITE_ENABLE_MATH_FUNCTIONS"

# OpenSSL, Tk and the like are left out: the program never touches the network.
(cd python3.11 &&
    PKG_CONFIG_LIBDIR="$libs/lib/pkgconfig" ./configure --prefix="$prefix" --enable-shared --without-static-libpython \
        --with-ensurepip=no --disable-test-modules CPPFLAGS="-I$libs/include" \
        LDFLAGS="-L$libs/lib -L$libs/lib64 -Wl,-rpath,\\\$\$ORIGIN/../lib" &&
    make -j"$(nproc)" PY3LIBRARY= && make install PY3LIBRARY=) > "$work/python.log" 2>&1
find "$prefix" -type f \( -name '*.so*' -o -name 'python3.11' \) -exec strip --strip-unneeded {} +
"$prefix/bin/python3.11" -c 'import bz2, csv, ctypes, datetime, decimal, json, lzma, multiprocessing, sqlite3, zlib; assert sqlite3.sqlite_version_info >= (3, 37)'
echo "$prefix/bin/python3.11"
