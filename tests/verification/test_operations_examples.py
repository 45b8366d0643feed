"""The files of docs/operations are tried: units by systemd, nginx with TLS before real pages."""

from __future__ import annotations

import re
import shutil
import ssl
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from tests.core.conftest import OLD
from tests.installation import Installation, free_port
from tests.verification.machines import own_folder, wait_for

pytestmark = pytest.mark.verify
EXAMPLES = Path(__file__).parents[2] / "docs" / "operations"
HOST = "rede.example.org"


def test_units_are_sound_to_systemd(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    for unit in [*EXAMPLES.glob("*.service"), *EXAMPLES.glob("*.timer")]:
        # Its programs and accounts are not on this machine.
        text = re.sub(r"/opt/mutirao/.venv/bin/mutirao", "/bin/true", unit.read_text())
        (tmp_path / unit.name).write_text(re.sub(r"^(User|Group)=.*\n", "", text, flags=re.M))
    for unit in tmp_path.iterdir():
        done = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(unit)],
            capture_output=True,
            text=True,
        )
        ours = [line for line in done.stderr.splitlines() if str(tmp_path) in line]
        assert ours == [], ours


@pytest.fixture
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """mutirao.env with what an operator fills in, on restored data."""
    given = dict(
        line.split("=", 1)
        for line in (EXAMPLES / "mutirao.env").read_text().splitlines()
        if line and not line.startswith("#")
    )
    folder = own_folder("mutirao-production-")
    folder.chmod(0o755)
    port = free_port()
    given |= {
        "MUTIRAO_SECRET_KEY": "kJ3v8-Qw2zXn7Lp5Rt9Yb1Gc4Hd6Fs0MaE2uVxTo-Ws8Zq",
        "MUTIRAO_HOME": str(folder / "home"),
        "MUTIRAO_PG_FAST": "0",
        "MUTIRAO_HOSTS": f"{HOST},127.0.0.1",  # the second for this test's own question
    }
    site = Installation(folder / "home", port=port, extra=given)
    try:
        site.run("restore", str(OLD))
        site.start("serve")
        yield site
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def proxy(production: Installation, tmp_path: Path) -> Iterator[int]:
    """nginx with the example, on ports of this test; yields that of TLS."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    if not Path(program).exists():
        pytest.skip("needs nginx: apt-get install nginx-light")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    words += ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    words += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(words, check=True, capture_output=True)
    plain, secure = free_port(), free_port()
    text = (EXAMPLES / "nginx.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        f"/etc/letsencrypt/live/{HOST}/fullchain.pem": str(certificate),
        f"/etc/letsencrypt/live/{HOST}/privkey.pem": str(key),
        "127.0.0.1:8000": f"127.0.0.1:{production.port}",
        "127.0.0.1:8001": f"127.0.0.1:{production.port + 1}",
    }.items():
        assert old in text, old
        text = text.replace(old, new)
    config = tmp_path / "nginx.conf"
    config.write_text(
        f"daemon off; worker_processes 1; pid {tmp_path}/pid; error_log {tmp_path}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; client_body_temp_path {tmp_path}/body;\n"
        f"proxy_temp_path {tmp_path}/proxy;\n{text}\n}}\n"
    )
    words = [program, "-c", str(config), "-p", str(tmp_path), "-e", str(tmp_path / "error.log")]
    subprocess.run([*words, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(words)
    wait_for(secure)
    yield secure
    process.terminate()
    process.wait(10)


def asked(port: int, path: str, scheme: str = "https", data: bytes | None = None, **headers: str):
    class NoRedirect(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args: object) -> None:
            return None

    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    opener = urllib.request.build_opener(NoRedirect, urllib.request.HTTPSHandler(context=trust))
    request = urllib.request.Request(
        f"{scheme}://127.0.0.1:{port}{path}", data, {"Host": HOST, **headers}
    )
    try:
        with opener.open(request, timeout=30) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace"), error.headers


def announced(port: int, size: int) -> int:
    """What the proxy says to somebody who wants to send `size` bytes."""
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    connection = HTTPSConnection("127.0.0.1", port, context=trust, timeout=30)
    connection.putrequest("POST", "/pt/accounts/login/", skip_host=True)
    connection.putheader("Host", HOST)
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    return connection.getresponse().status


def test_production_behind_nginx(production: Installation, proxy: int) -> None:
    status, page, headers = asked(proxy, "/pt/")
    assert status == 200
    assert "<h1" in page
    assert f'href="https://{HOST}/pt/"' in page
    assert headers["Strict-Transport-Security"]
    assert headers["X-Request-ID"]
    # Past the proxy, and under another name, nobody gets a page.
    assert asked(production.port, "/pt/", "http")[0] == 301
    assert asked(proxy, "/pt/", Host="other.example.org")[0] in (400, 404, 421)
    assert announced(proxy, 31 * 2**20) == 413
    assert asked(proxy, "/live/health")[0] == 200
    done = production.run("doctor", check=False)
    names = re.findall(r"^!!  (\w+)", done.stdout, re.M)
    assert set(names) <= {"mail", "backup"}, done.stdout  # no mail server and no backup here
