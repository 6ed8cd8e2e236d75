#!/bin/sh
# Run once, when the database is made. The service signs in as a role that owns nothing.
set -eu
psql --variable ON_ERROR_STOP=1 --variable password="$APP_PASSWORD" \
  --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
create role observatory_app nologin;
create role observatory login password :'password' in role observatory_app;
SQL
