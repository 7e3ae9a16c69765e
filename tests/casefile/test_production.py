"""The files for production agree with the code, with each other, and with their programs."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from casefile import pdf_text
from casefile.bundle import uploads
from tests.production import ROOT, in_production

FOLDER = ROOT / "casefile" / "production"
NGINX = (FOLDER / "nginx.conf").read_text()
UNITS = sorted([*FOLDER.glob("*.service"), *FOLDER.glob("*.timer")])
README = (ROOT / "README.md").read_text()
SECTION = README.partition("## In production")[2].partition("\n## ")[0]
UNITS_OF_SIZE = {"k": 1024, "m": 1024**2}


def variables(name):
    """Return what a file of the environment sets."""
    lines = (FOLDER / name).read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def size_after(text, setting):
    number, unit = re.search(rf"\b{setting} (\d+)([km]);", text).groups()
    return int(number) * UNITS_OF_SIZE[unit]


@pytest.mark.parametrize(("name", "role"), [("site", "casefile"), ("owner", "casefile_owner")])
def test_environment_is_understood_and_names_the_role_of_who_runs_it(name, role):
    environment = variables("site.env") | variables(f"{name}.env")
    read = (ROOT / "casefile" / "settings.py").read_text()

    done = in_production(
        "-c",
        "from django.conf import settings as s; db = s.DATABASES['default'];"
        "print(db['HOST'], db['USER'], db['NAME'], s.SITE_URL)",
        **environment,
    )

    assert done.stdout.split() == ["/run/postgresql", role, "casefile", "https://casefile.example"]
    assert {name for name in environment if f'"{name}"' not in read} == set()


def test_owner_gives_the_rights_to_the_role_of_the_site():
    assert f"//{variables('owner.env')['APP_ROLE']}@" in variables("site.env")["DATABASE_URL"]


def test_nginx_takes_what_the_site_takes_and_waits_as_long():
    desk = NGINX.partition("location /admin/")[2]
    report_minutes = int(settings.REPORT_TIMEOUT.removesuffix("min"))

    assert size_after(desk, "client_max_body_size") > max(uploads.SIZE_LIMIT, pdf_text.MOST_BYTES)
    assert int(re.search(r"proxy_read_timeout (\d+)s;", NGINX)[1]) > report_minutes * 60


def test_nginx_sends_reports_from_where_the_site_writes_them_and_no_uploads():
    site = variables("site.env")

    [alias] = re.findall(r"\balias (\S+);", NGINX)
    assert alias == site["REPORT_ROOT"] + "/"
    assert f"location ^~ {site['REPORT_FILES_URL']} {{" in NGINX
    assert not Path(site["MEDIA_ROOT"]).is_relative_to(site["REPORT_ROOT"])
    assert site["MEDIA_ROOT"] not in NGINX


def test_nginx_overwrites_what_a_client_says_of_itself():
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in NGINX
    assert "proxy_set_header X-Forwarded-Proto https;" in NGINX
    assert "underscores_in_headers off;" in NGINX
    assert variables("site.env")["TRUSTED_PROXIES"] == "1"


def test_nginx_holds_off_who_asks_too_many_questions():
    assert "zone=casefile_questions:10m rate=60r/m;" in NGINX
    assert "limit_req_status 429;" in NGINX
    too_many = NGINX.partition("location @too_many {")[2].partition("}")[0]
    assert "add_header Retry-After 60 always;" in too_many
    assert "return 429 " in too_many


def test_units_are_understood_by_systemd(tmp_path):
    # The test knows no /opt/casefile: what leads to its own files, without a space, stands in.
    programs, site = tmp_path / "programs", tmp_path / "site"
    programs.symlink_to(Path(sys.executable).parent)
    site.symlink_to(ROOT)
    for unit in UNITS:
        text = unit.read_text().replace("/opt/casefile/.venv/bin", str(programs))
        (tmp_path / unit.name).write_text(text.replace("/opt/casefile", str(site)))

    if shutil.which("systemd-analyze"):
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)],
            capture_output=True,
            text=True,
        )
        ours = [line for line in done.stderr.splitlines() if "casefile" in line]
        assert (done.returncode, ours) == (0, [])


def test_site_looks_at_its_port_before_it_starts_there():
    unit = (FOLDER / "casefile.service").read_text()

    [checked, listened] = re.findall(r"--port (\d+)", unit)
    assert checked == listened
    assert unit.index("check_start") < unit.index("ExecStart=")
    assert f"server 127.0.0.1:{listened};" in NGINX


def test_nginx_understands_its_file(tmp_path):
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if not nginx:
        return
    new_certificate = "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=casefile -keyout tls.key"
    subprocess.run(
        f"{new_certificate} -out tls.crt", shell=True, cwd=tmp_path, check=True, capture_output=True
    )
    site = tmp_path / "site.conf"
    site.write_text(NGINX.replace("/etc/casefile", str(tmp_path)))
    whole = tmp_path / "nginx.conf"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ include {site}; }}")

    done = subprocess.run([nginx, "-t", "-c", whole], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_readme_uses_each_file_and_commands_that_exist():
    commands = set(re.findall(r"manage\.py (\w+)", SECTION))
    kinds = {file.suffix for file in FOLDER.iterdir()}

    assert commands >= {"migrate", "collectstatic", "createsuperuser", "load_record"}
    assert commands <= set(get_commands())
    assert {kind for kind in kinds if f"casefile/production/*{kind}" in SECTION} == kinds - {
        ".conf"
    }
    assert all(f"casefile/production/{file.name}" in SECTION for file in FOLDER.glob("*.conf"))
