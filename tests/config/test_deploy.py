"""The files for a real server agree with each other and with the code, and their processes run."""

import json
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from reviews.views.booth import MOST_BYTES
from tests.config.test_production import GOOD
from tests.services import free_port
from tests.stack import BIN, ROOT, Databases, Process

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("migrate", "web", "worker", "beat")
SETTINGS = (ROOT / "config/settings.py").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()


def unit(name: str) -> dict[str, str]:
    text = (ROOT / f"deploy/systemd/duty-reports-{name}.service").read_text()
    return dict(line.split("=", 1) for line in text.splitlines() if "=" in line)


def test_every_process_is_there() -> None:
    assert set(SERVICES) == {*OURS, "postgres", "redis", "proxy"}
    for name in OURS:
        assert SERVICES[name]["image"] == COMPOSE["x-app"]["image"]
        assert (ROOT / SERVICES[name]["build"] / "Dockerfile").is_file()


def test_images_are_pinned_to_a_release() -> None:
    for name in ("postgres", "redis", "proxy"):
        _, _, tag = SERVICES[name]["image"].partition(":")
        assert re.match(r"\d", tag), name
    first = re.search(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert first
    assert first[1] == "debian:bookworm-slim"


@pytest.mark.parametrize("name", [name for name in SERVICES if name not in ("migrate", "beat")])
def test_each_lasting_service_is_restarted_and_can_be_asked(name: str) -> None:
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"]


def test_nobody_starts_before_what_it_needs() -> None:
    for name in ("web", "worker", "beat"):
        needs = SERVICES[name]["depends_on"]
        assert needs["postgres"]["condition"] == "service_healthy"
        assert needs["redis"]["condition"] == "service_healthy"
        assert needs["migrate"]["condition"] == "service_completed_successfully"
    assert SERVICES["proxy"]["depends_on"]["web"]["condition"] == "service_healthy"


@pytest.mark.parametrize("name", OURS)
def test_the_environment_is_what_production_asks_for(name: str) -> None:
    given = SERVICES[name]["environment"]
    assert set(given) >= set(GOOD)
    for variable in given:
        assert f'"{variable}"' in SETTINGS, f"no setting reads {variable}"
    database = SERVICES["postgres"]["environment"]
    user, name_of_database = database["POSTGRES_USER"], database["POSTGRES_DB"]
    assert given["DATABASE_URL"].startswith(f"postgresql://{user}:")
    assert given["DATABASE_URL"].endswith(f"@postgres:5432/{name_of_database}")
    assert given["REDIS_URL"] == "redis://redis:6379/0"


def test_the_image_sets_only_what_settings_read() -> None:
    text = (ROOT / "Dockerfile").read_text()
    block = text[text.index("ENV PATH") :].split("USER")[0]
    for variable in re.findall(r"\b([A-Z_]+)=", block):
        assert variable.startswith(("PATH", "PYTHON")) or f'"{variable}"' in SETTINGS


def test_the_image_copies_nothing_that_is_not_there() -> None:
    """Copying what does not exist ends the build."""
    text = (ROOT / "Dockerfile").read_text()
    made = {".venv", "var/fonts", "var/static", *re.findall(r"mkdir -p (\S+)", text)}
    copied = re.findall(r"^COPY --from=build (?:--\S+ )?/srv/duty-reports/(\S+)", text, re.MULTILINE)
    assert copied
    assert [path for path in copied if path not in made and not (ROOT / path).exists()] == []


def test_a_shell_reads_the_example_as_systemd_does() -> None:
    """docs/deploy.md sources it for `manage.py`: a value with a blank would be run as a program."""
    answer = subprocess.run(
        ["sh", "-c", 'set -a; . ./.env.example; printf %s "$OIDC_SCOPES"'], cwd=ROOT, capture_output=True, text=True
    )
    assert (answer.stdout, answer.stderr) == ("openid profile", "")


def test_the_example_explains_every_variable() -> None:
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    explained = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
    assert used == explained


def test_the_example_is_refused_until_it_is_filled_in() -> None:
    for variable in ("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "POSTGRES_PASSWORD"):
        assert re.search(rf"^{variable}=$", EXAMPLE, re.MULTILINE)


def test_settings_read_nothing_that_is_not_explained() -> None:
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", SETTINGS))
    # For one's own machine, and for making the image.
    read -= {"LOCAL", "DEBUG", "DEMO", "ASSETS_DIR", "FONT_SOURCES", "STATIC_MANIFEST"}
    assert {name for name in read if f"{name}=" not in EXAMPLE} == set()


def test_postgres_keeps_what_people_write_out_of_its_log() -> None:
    command = " ".join(SERVICES["postgres"]["command"])
    assert "log_min_error_statement=panic" in command
    assert "log_parameter_max_length_on_error=0" in command


def test_redis_writes_down_what_it_took() -> None:
    command = SERVICES["redis"]["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert "redis:/data" in SERVICES["redis"]["volumes"]


def test_volumes_lie_where_the_programs_write() -> None:
    image = (ROOT / "Dockerfile").read_text()
    assert "VAR_DIR=/var/lib/duty-reports" in image
    for name in ("web", "worker"):
        assert "files:/var/lib/duty-reports" in SERVICES[name]["volumes"]
    assert "database:/var/lib/postgresql/data" in SERVICES["postgres"]["volumes"]
    assert set(COMPOSE["volumes"]) == {"files", "database", "redis"}


def test_the_proxy_reaches_the_web_process_where_it_listens() -> None:
    assert "--port=8000" in SERVICES["web"]["command"]
    assert SERVICES["web"]["expose"] == ["8000"]
    included = (ROOT / "deploy/proxy.inc").read_text()
    assert "proxy_pass http://web:8000;" in included
    assert "X-Forwarded-Proto $scheme" in included
    mounted = {volume.split(":")[-2] for volume in SERVICES["proxy"]["volumes"] if ":ro" in volume}
    for kind in ("http", "https"):
        text = (ROOT / f"deploy/{kind}.conf").read_text()
        assert "include /etc/nginx/proxy.inc;" in text
        assert "access_log off" in text + included
    assert {"/etc/nginx/conf.d/default.conf", "/etc/nginx/proxy.inc"} <= mounted


def directives(text: str) -> dict[str, list[str]]:
    """Every directive of a configuration of nginx, with its values in the order of the file."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r"^\s*([a-z_]+)\s+([^;\n]+);", re.sub(r"#.*", "", text), re.MULTILINE):
        found.setdefault(name, []).append(value)
    return found


def test_the_proxy_of_the_booth_writes_nothing_down_and_passes_nobody_on() -> None:
    """What docs/ballot-secrecy.md promises of nginx; the defaults of nginx do the opposite of each."""
    text = (ROOT / "deploy/booth.conf").read_text()
    booth = directives(text)
    assert "include" not in booth
    assert booth["access_log"] == ["off"]
    assert [value.split()[-1] for value in booth["error_log"]] == ["crit"]
    assert booth["proxy_cache"] == ["off"]
    # A body that does not fit into memory, and an answer neither, is put into a file.
    assert booth["client_body_buffer_size"] == booth["client_max_body_size"] == ["256k"]
    assert MOST_BYTES < 256 * 1024
    assert booth["proxy_max_temp_file_size"] == ["0"]
    assert set(booth["proxy_set_header"]) == {
        "Host $http_host",
        *(f'{name} ""' for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Cookie")),
    }
    assert "$remote_addr" not in text
    assert "listen 80;" in text, "the site's own server on port 80 sends everybody to HTTPS"


def test_the_proxy_learns_the_names_of_the_booth() -> None:
    proxy = SERVICES["proxy"]
    assert "./deploy/booth.conf:/etc/nginx/templates/booth.conf.template:ro" in proxy["volumes"]
    (name,) = directives((ROOT / "deploy/booth.conf").read_text())["server_name"]
    assert name == "${BOOTH_NAMES}"
    # Without a booth the server still needs a name, one that nobody can ask for.
    assert proxy["environment"]["BOOTH_NAMES"] == "${BOOTH_NAMES:-${BOOTH_HOSTS:-booth.invalid}}"


def test_the_image_has_the_system_libraries_of_the_script() -> None:
    script = (ROOT / "dev").read_text()
    match = re.search(r'^SYSTEM="([^"]*)"', script, re.MULTILINE)
    assert match
    # The font set is made while the image is built; their packages need not be in it.
    fonts = {"fonts-noto-cjk", "fonts-lxgw-wenkai", "fonts-liberation", "unicode-data"}
    image = (ROOT / "Dockerfile").read_text().split("FROM system")[0]
    for package in set(match[1].split()) - fonts:
        assert f" {package} " in image.replace("\n", " "), package


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_systemd_starts_the_same_processes(name: str) -> None:
    command = unit(name)["ExecStart"].removeprefix("/srv/duty-reports/.venv/bin/").split()
    wanted = [part.replace("0.0.0.0", "127.0.0.1") for part in SERVICES[name]["command"]]
    assert command == wanted
    assert unit(name)["EnvironmentFile"] == "/etc/duty-reports.env"


# --- the same processes, run for real -----------------------------------------------------------


@pytest.fixture(scope="module")
def server(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, str], dict[str, Process], int]]:
    """web, worker and beat by the commands of docker-compose.yml, with production settings."""
    folder, env = databases.new_environment("services", demo=False)
    port = free_port()
    env |= {name: GOOD[name] for name in ("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS")}
    env |= {"LOCAL": "false", "DEMO": "false", "DEBUG": "", "PORT": str(port)}
    env |= {"STATIC_ROOT": str(folder / "static")}
    _manage(env, "collectstatic", "--noinput", "--verbosity=0")
    replaced = {"--host=0.0.0.0": "--host=127.0.0.1", "--port=8000": f"--port={port}"}
    processes: dict[str, Process] = {}
    try:
        for name in ("web", "worker", "beat"):
            command = [replaced.get(part, part) for part in SERVICES[name]["command"]]
            processes[name] = Process(name, command, folder, env)
        yield env, processes, port
    finally:
        for process in processes.values():
            process.stop()


def _manage(env: dict[str, str], *arguments: str) -> str:
    command = [str(BIN / "python"), "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_web_process_is_healthy(server: tuple[dict[str, str], dict[str, Process], int]) -> None:
    env, processes, _ = server
    check = SERVICES["web"]["healthcheck"]["test"]
    command = [str(BIN / check[1]), *check[2:]]
    deadline = time.monotonic() + 60
    while subprocess.run(command, cwd=ROOT, env=env, capture_output=True).returncode != 0:
        assert processes["web"].popen.poll() is None, processes["web"].text()
        assert time.monotonic() < deadline, processes["web"].text()


def test_the_worker_answers_and_the_beat_wakes_it(
    server: tuple[dict[str, str], dict[str, Process], int],
) -> None:
    env, processes, _ = server
    task = "documents.tasks.requeue_lost_documents"
    command = [str(BIN / "celery"), "-A", "config", "inspect", "stats", "--json"]
    deadline = time.monotonic() + 90
    while True:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
        if done.returncode == 0 and task in done.stdout:
            (stats,) = json.loads(done.stdout).values()
            assert stats["total"][task] >= 1
            return
        for name in ("worker", "beat"):
            assert processes[name].popen.poll() is None, processes[name].text()
        assert time.monotonic() < deadline, done.stdout + done.stderr
        time.sleep(1)


def test_static_files_carry_their_hash(
    server: tuple[dict[str, str], dict[str, Process], int],
) -> None:
    env, _, _ = server
    manifest = json.loads(Path(env["STATIC_ROOT"], "staticfiles.json").read_text())
    assert manifest["paths"]["assets/tabler.css"] != "assets/tabler.css"


@pytest.mark.parametrize(("name", "value"), [("log_min_error_statement", "error")])
def test_a_talkative_postgres_is_told(databases: Databases, name: str, value: str, tmp_path: Path) -> None:
    _, env = databases.new_environment("services", demo=False)
    talkative = {**env, "PGOPTIONS": f"-c {name}={value}"}
    command = [str(BIN / "python"), "manage.py", "check", "--database", "default"]
    done = subprocess.run(command, cwd=ROOT, env=talkative, capture_output=True, text=True)
    assert done.returncode != 0
    assert f"ALTER SYSTEM SET {name} = 'panic'" in done.stderr
    assert subprocess.run(command, cwd=ROOT, env=env, capture_output=True).returncode == 0
