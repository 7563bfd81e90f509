#!/bin/sh
# Rebuilds web/style/fonts and api/src/adapter/typst/fonts from Noto Sans Bengali (OFL 1.1) as npm's fontsource packs it.
# Needs: npm, python3 with fonttools and brotli (Debian: fonttools python3-brotli). The results are committed.
#
# Rules that the faces obey, each learnt from a page that went wrong:
# - all faces of one family declare the same weight range, or the smaller one is never chosen;
# - the taka sign lives in Bangla's range, so it has a face of its own: else every price would fetch all of Bangla;
# - the label of the language switch has a face of its own for the same reason, and so have letters with accents, which are rare here;
# - Bangla keeps every layout feature and every glyph that they reach: conjuncts are not code points;
# - letters that Bangla no longer writes, and those of Assamese alone, are left to the device: with them it weighs 2 kB more;
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

latin=U+0020-007E,U+00A0,U+00A9,U+00B7,U+00D7,U+2010-2014,U+2018-201D,U+2022,U+2026,U+202F,U+2039,U+2212
face latin noto-sans-bengali-latin-wght-normal.woff2 400:700 --unicodes="$latin"
face accents noto-sans-bengali-latin-wght-normal.woff2 400:700 --unicodes='U+00C0-00D6,U+00D8-00FF'
letters=U+0981-0983,U+0985-098B,U+098F-0990,U+0993-09A8,U+09AA-09B0,U+09B2,U+09B6-09B9,U+09DC-09DD,U+09DF
signs=U+0964-0965,U+09BC-09C3,U+09C7-09C8,U+09CB-09CE,U+09D7,U+09E6-09EF,U+200C-200D,U+25CC
face bangla noto-sans-bengali-bengali-wght-normal.woff2 400 --unicodes="$letters,$signs"
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
