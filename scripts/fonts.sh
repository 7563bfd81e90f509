#!/bin/sh
# Rebuilds web/style/fonts and api/src/adapter/typst/fonts from Noto Sans Bengali (OFL 1.1) as npm's fontsource packs it.
# Needs: npm, python3 with fonttools and brotli (Debian: fonttools python3-brotli). The results are committed.
#
# Rules that the faces obey, each learnt from a page that went wrong:
# - all faces of one family declare the same weight range, or the smaller one is never chosen;
# - the taka sign lives in Bangla's range, so it has a face of its own: else every price would fetch all of Bangla;
# - the label of the language switch has a face of its own for the same reason;
# - Bangla keeps every layout feature and every glyph that they reach: conjuncts are not code points;
# - Bangla comes in one weight, in a family of its own: browsers thicken it well, and the others weigh 30 kB more;
# - the printer's faces hold both scripts in one file each, or a space or a joiner between them would break a word's shape.
set -eu
version=5.3.0
out=$(cd "$(dirname "$0")/../web/style/fonts" && pwd)
print=$(cd "$(dirname "$0")/../api/src/adapter/typst/fonts" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm pack --silent "@fontsource-variable/noto-sans-bengali@$version" >/dev/null
tar xzf ./*.tgz
files=package/files

# face NAME SOURCE WEIGHTS SUBSET-OPTIONS...: these weights only, then the subset, as woff2.
face() {
    name=$1 source=$2 weights=$3
    shift 3
    fonttools varLib.instancer --quiet --no-recalc-timestamp "$files/$source" "wght=$weights" -o "$name.ttf"
    pyftsubset "$name.ttf" --layout-features='*' --flavor=woff2 --output-file="$out/$name.woff2" "$@"
}

latin=U+0020-007E,U+00A0,U+00A9,U+00B7,U+00C0-00FF,U+2010-2014,U+2018-201D,U+2022,U+2026,U+202F,U+2039,U+2212
face latin noto-sans-bengali-latin-wght-normal.woff2 400:700 --unicodes="$latin"
face bangla noto-sans-bengali-bengali-wght-normal.woff2 400 --unicodes='U+0964-0965,U+0980-09F2,U+09F4-09FE,U+200C-200D,U+25CC'
face taka noto-sans-bengali-bengali-wght-normal.woff2 400:700 --unicodes='U+09F3'
face label noto-sans-bengali-bengali-wght-normal.woff2 400:700 --text='বাংলা'
cp package/LICENSE "$out/OFL.txt"

# print_face NAME WEIGHT: one weight of every script as one plain TrueType file, the same bytes each time.
print_face() {
    name=$1 weight=$2
    for script in bengali latin latin-ext; do
        fonttools varLib.instancer --quiet --no-recalc-timestamp \
            "$files/noto-sans-bengali-$script-wght-normal.woff2" wght="$weight" -o "$name-$script.one.ttf"
        pyftsubset "$name-$script.one.ttf" --unicodes='*' --layout-features='*' --no-hinting \
            --drop-tables+=STAT,gasp,prep --output-file="$name-$script.ttf"
    done
    SOURCE_DATE_EPOCH=0 pyftmerge --output-file="$print/$name.ttf" "$name-bengali.ttf" "$name-latin.ttf" "$name-latin-ext.ttf"
}

print_face regular 400
print_face semibold 600
cp package/LICENSE "$print/OFL.txt"
ls -l "$out" "$print"
