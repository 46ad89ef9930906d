"""The files of `deploy/`: the commands that they run exist, and systemd reads the units."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from streamlit import config

from data.command_line import build_parser
from data.people.setting import Mode

ROOT = Path(__file__).parents[2]
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def commands(unit: Path) -> list[list[str]]:
    """What a unit runs: the words after the interpreter."""
    lines = re.findall(r"^ExecStart(?:Pre)?=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    assert lines, unit.name
    plain = [re.sub(r"^/bin/sh -c 'exec (.*)'$", r"\1", line).replace("$(date +%%F)", "2026-11-29") for line in lines]
    return [shlex.split(line)[1:] for line in plain]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_every_command_of_a_unit_is_one_that_there_is(unit):
    for words in commands(unit):
        if words[:2] == ["-m", "data"]:
            build_parser().parse_args(words[2:])
            continue
        assert words[:4] == ["-m", "streamlit", "run", "app.py"]
        for option in words[4::2]:
            config.get_option(option.removeprefix("--"))


def test_the_unit_signs_people_in_and_listens_to_the_proxy_alone():
    text = (ROOT / "deploy" / "pression.service").read_text(encoding="utf-8")
    mode = re.search(r"SERVICE_PRESSURE_SIGN_IN=(\w+)", text)[1]
    assert Mode(mode) is not Mode.OPEN
    assert "--server.address 127.0.0.1" in text
    port = re.search(r"--server.port (\d+)", text)[1]
    assert f"127.0.0.1:{port}" in (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not on this machine")
def test_systemd_reads_the_units(tmp_path):
    for unit in (ROOT / "deploy").glob("pression*"):
        text = unit.read_text(encoding="utf-8").replace("/srv/pression/.venv/bin/python", sys.executable)
        (tmp_path / unit.name).write_text(text.replace("/srv/pression", str(ROOT)), encoding="utf-8")
    units = sorted(map(str, tmp_path.iterdir()))
    said = subprocess.run(["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    ours = [line for line in said.stderr.splitlines() if "pression" in line]
    assert (said.returncode, ours) == (0, [])


def test_the_container_runs_commands_that_there_are():
    text = (ROOT / "deploy" / "container" / "Containerfile").read_text(encoding="utf-8")
    script = json.loads(re.search(r"^CMD (\[.*\])$", text, re.MULTILINE)[1])[-1]
    first, then = (shlex.split(part)[1:] for part in script.removesuffix(" ").split(" && exec "))
    build_parser().parse_args(first[2:])
    assert then[:4] == ["-m", "streamlit", "run", "app.py"]
    for option in then[4::2]:
        config.get_option(option.removeprefix("--"))


def test_the_trial_names_the_same_addresses_everywhere():
    folder = ROOT / "deploy" / "container"
    trial = yaml.safe_load((folder / "compose.yaml").read_text(encoding="utf-8"))
    provider = yaml.safe_load((folder / "dex.yaml").read_text(encoding="utf-8"))
    auth = tomllib.loads((folder / "secrets.example.toml").read_text(encoding="utf-8"))["auth"]
    proxy = (folder / "Caddyfile").read_text(encoding="utf-8")
    assert auth["server_metadata_url"] == provider["issuer"] + "/.well-known/openid-configuration"
    assert provider["staticClients"][0]["redirectURIs"] == [auth["redirect_uri"]]
    assert all(f"{name}:8501" in proxy for name in ("first", "second"))
    assert provider["issuer"] in proxy
    assert trial["services"]["proxy"]["networks"]["default"]["aliases"] == [urlsplit(provider["issuer"]).hostname]
    # A secret is nobody's who reads the repository.
    assert not auth["client_secret"]
    assert not auth["cookie_secret"]


@pytest.mark.skipif(not shutil.which("caddy"), reason="Caddy is not on this machine")
@pytest.mark.parametrize("name", ["Caddyfile", "workers.caddy", "container/Caddyfile"])
def test_caddy_reads_the_proxies(name):
    given = {
        "PORT": "8501",
        "ADDRESS": "127.0.0.1",
        "UPSTREAMS": "127.0.0.1:8510 127.0.0.1:8511",
        "PATH": os.environ["PATH"],
    }
    command = ["caddy", "adapt", "--adapter", "caddyfile", "--config", str(ROOT / "deploy" / name)]
    subprocess.run(command, env=given, capture_output=True, check=True)


@pytest.mark.parametrize("name", ["deploy/workers.caddy", "deploy/container/Caddyfile", "docs/deploy.md"])
def test_a_visitors_process_is_kept_from_scripts_and_other_sites(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.search(r"Set-Cookie \^\(worker=\.\*\)\$ \"\$1; (Secure; )?HttpOnly; SameSite=Lax\"\n\s*defer", text)
    assert "lb_policy cookie worker" in text.partition("Set-Cookie")[2]
