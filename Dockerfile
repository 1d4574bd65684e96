# The image that web, worker and beat share. Debian 12 and its own Python, as in our tests.
FROM debian:bookworm-slim AS system
RUN apt-get update \
 && apt-get install -y --no-install-recommends \
      python3 python3-venv ca-certificates \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

# Everything that is made once: packages of Python, files of the pages, the font set of the papers.
FROM system AS build
WORKDIR /srv/duty-reports
COPY . .
# There may be no catalog to compile; the image below takes the folder all the same.
RUN ./dev build && mkdir -p locale

FROM system
WORKDIR /srv/duty-reports
RUN useradd --system --uid 10001 --home-dir /var/lib/duty-reports --create-home reports
COPY --from=build /srv/duty-reports/.venv .venv
COPY --from=build --chown=reports /srv/duty-reports/var/fonts var/fonts
COPY --from=build /srv/duty-reports/var/static var/static
COPY --from=build /srv/duty-reports/locale locale
COPY . .
ENV PATH=/srv/duty-reports/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/duty-reports \
    STATIC_ROOT=/srv/duty-reports/var/static \
    FONT_DIR=/srv/duty-reports/var/fonts \
    FONT_OFFICE_DIR=/srv/office-fonts
USER reports
VOLUME /var/lib/duty-reports
EXPOSE 8000
