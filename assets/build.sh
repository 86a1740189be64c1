#!/bin/sh
# Rebuilds static/vendor/, static/css/portal.min.css and templates/pdf/fonts/ from pinned packages.
# Needs Node 20 and Python 3; the results are committed, so running the portal needs neither.
# Add an icon: write its bootstrap-icons name in icons.txt, run `make assets`, commit the sprite.
set -eu
cd "$(dirname "$0")"
OUT=../static
NM=node_modules

npm ci --no-audit --no-fund --ignore-scripts
mkdir -p "$OUT/vendor" "$OUT/css"

"$NM/.bin/sass" --load-path="$NM" --style=compressed --no-source-map --quiet-deps \
  --silence-deprecation=import scss/bootstrap-jaksel.scss "$OUT/vendor/bootstrap-jaksel.min.css"
"$NM/.bin/sass" --style=compressed --no-source-map --no-charset \
  scss/portal.scss "$OUT/css/portal.min.css"
node sprite.mjs
cp "$NM/htmx.org/dist/htmx.min.js" "$OUT/vendor/htmx.min.js"

# Weights 400-800 only, Latin-1 plus the punctuation we set: 27 KB becomes 14 KB.
[ -x .venv/bin/pyftsubset ] || {
  python3 -m venv .venv
  .venv/bin/pip install --quiet --disable-pip-version-check -r requirements.txt
}
SRC=$NM/@fontsource-variable/plus-jakarta-sans/files/plus-jakarta-sans-latin-wght-normal.woff2
TMP=$(mktemp -d)
trap 'rm -r "$TMP"' EXIT
# The font's own date stays, so that the same packages give the same bytes.
.venv/bin/fonttools varLib.instancer "$SRC" wght=400:800 --no-recalc-timestamp -o "$TMP/pjs.ttf" -q
.venv/bin/pyftsubset "$TMP/pjs.ttf" --flavor=woff2 --no-hinting --no-recalc-timestamp \
  --unicodes="U+0020-007E,U+00A0,U+00A9,U+00B0,U+00B2,U+00B7,U+00BD,U+00C0-00FF,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2190,U+2192,U+2212" \
  --layout-features=kern,liga,tnum,mark,ccmp \
  --output-file="$OUT/vendor/plus-jakarta-sans.woff2"

# For PDF and card pictures: typst reads static TrueType. Latin with its extension, so that a name
# keeps its diacritics. The date is fixed, or the same packages would give other bytes.
PDF=../templates/pdf/fonts
export SOURCE_DATE_EPOCH=1577836800
mkdir -p "$PDF"
for weight in 400 700; do
  for part in latin latin-ext; do
    .venv/bin/fonttools varLib.instancer "${SRC%-latin-*}-$part-wght-normal.woff2" "wght=$weight" \
      --static --update-name-table --no-recalc-timestamp -o "$TMP/$part.ttf" -q
  done
  .venv/bin/fonttools merge "$TMP/latin.ttf" "$TMP/latin-ext.ttf" --output-file="$TMP/merged.ttf" 2>/dev/null
  .venv/bin/pyftsubset "$TMP/merged.ttf" --unicodes="*" --layout-features="*" --no-hinting \
    --no-recalc-timestamp --output-file="$PDF/plus-jakarta-sans-$weight.ttf"
done
cp "$NM/@fontsource-variable/plus-jakarta-sans/LICENSE" "$PDF/plus-jakarta-sans.LICENCE.txt"

cp "$NM/bootstrap/LICENSE" "$OUT/vendor/bootstrap.LICENCE.txt"
cp "$NM/bootstrap-icons/LICENSE" "$OUT/vendor/sprite.LICENCE.txt"
cp "$NM/htmx.org/LICENSE" "$OUT/vendor/htmx.LICENCE.txt"
cp "$NM/@fontsource-variable/plus-jakarta-sans/LICENSE" "$OUT/vendor/plus-jakarta-sans.LICENCE.txt"
