#!/bin/bash
# Puts a backup back: replaces what the database holds, and files of the same name. The portal
# must be stopped. Argument: the folder that backup.sh printed.
set -euo pipefail
folder=$(realpath -m -- "${1:?"Tulis: deploy/restore.sh FOLDER/umkm-…"}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
if [ -z "${UMKM_EQUIPPED:-}" ]; then
    # With what .env says, as the portal runs.
    exec env UMKM_EQUIPPED=1 .venv/bin/python -m umkm_portal.environment "deploy/restore.sh" "$folder"
fi
backup=$folder
python=.venv/bin/python
data=$DATA_DIR
test -f "$backup/database.dump" || { echo "Tidak ada $backup/database.dump" >&2; exit 2; }

exec 8>"$data/supervisor.lock"
flock --nonblock 8 || { echo "Hentikan portal dahulu." >&2; exit 1; }
tar --extract --gzip --file="$backup/files.tar.gz" --directory="$data" --no-overwrite-dir
"$python" -m umkm_portal.database start >/dev/null
url=$("$python" -m umkm_portal.database url)
programs=$("$python" -m umkm_portal.database programs)
# Not --clean alone: what a newer version added must go as well.
"$programs/psql" --quiet --set=ON_ERROR_STOP=1 --command="DROP SCHEMA public CASCADE" \
    --command="CREATE SCHEMA public" "$url" 2>/dev/null
"$programs/pg_restore" --no-owner --exit-on-error --single-transaction --dbname="$url" \
    "$backup/database.dump"
"$python" -m umkm_portal.database stop >/dev/null
echo "Pulih dari $backup"
