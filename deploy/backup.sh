#!/bin/bash
# Writes one backup: the database, then the files and secrets. Argument: the folder for backups.
# While the portal runs, too: files are only ever added, so those the dump names are there.
set -euo pipefail
folder=$(realpath -m -- "${1:?"Tulis: deploy/backup.sh FOLDER"}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -z "${UMKM_EQUIPPED:-}" ]; then
    # With what .env says, as the portal runs.
    exec env UMKM_EQUIPPED=1 .venv/bin/python -m umkm_portal.environment "deploy/backup.sh" "$folder"
fi
umask 077
python=.venv/bin/python
data=$DATA_DIR

mkdir -p "$folder"
target="$folder/umkm-$(date +%Y%m%d-%H%M%S)"
mkdir "$target.new"
"$python" -m umkm_portal.database start >/dev/null
"$("$python" -m umkm_portal.database programs)/pg_dump" --format=custom --no-owner \
    --file="$target.new/database.dump" "$("$python" -m umkm_portal.database url)"
tar --create --gzip --file="$target.new/files.tar.gz" --directory="$data" \
    --exclude=./pg --exclude=./test --exclude=./static --exclude='./database.*' \
    --exclude='./supervisor.*' --exclude=./env.lock .
mv "$target.new" "$target"
echo "$target"
