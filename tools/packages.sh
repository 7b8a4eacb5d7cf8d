#!/bin/sh
# Debian's packages that the tests use: a browser, a database server, a proxy, a reader of PDF files.
set -eu
missing=""
command -v chromium-headless-shell >/dev/null || missing="$missing chromium-headless-shell fonts-liberation"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null || missing="$missing nginx"
command -v openssl >/dev/null || missing="$missing openssl"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, since this is not root:$missing"
  exit 0
fi
echo "Installing from Debian:$missing"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# An older Debian has the browser with its window only.
apt-cache show chromium-headless-shell >/dev/null 2>&1 || missing=$(echo "$missing" | sed s/chromium-headless-shell/chromium/)
# shellcheck disable=SC2086
apt-get install -y -qq --no-install-recommends $missing >/dev/null
