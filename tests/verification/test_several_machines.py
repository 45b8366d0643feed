"""docs/operations.md, "Several machines", tried: two for pages, a worker, replica, pooler, S3."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.core.keeping.kit import Reader, files
from tests.installation import MUTIRAO, Installation, free_port
from tests.verification.machines import Pooler, Postgres, own_folder

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from verify import debian_programs

pytestmark = [pytest.mark.verify, pytest.mark.xdist_group("machines")]
BUCKET = "mutirao"


@dataclass
class House:
    primary: Postgres
    replica: Postgres
    pooler: Pooler
    store: str
    folder: Path
    settings: dict[str, str]
    web: list[Installation] = field(default_factory=list)
    worker: subprocess.Popen[bytes] | None = None

    def objects(self) -> set[str]:
        client = boto3.client(
            "s3",
            endpoint_url=self.store,
            region_name="us-east-1",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
        )
        listed = client.list_objects_v2(Bucket=BUCKET, Prefix="network/")
        return {item["Key"].removeprefix("network/") for item in listed.get("Contents", [])}


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    port = free_port()
    server = ThreadedMotoServer("127.0.0.1", port)
    server.start()
    url = f"http://127.0.0.1:{port}"
    boto3.client(
        "s3",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    ).create_bucket(Bucket=BUCKET)
    yield url
    server.stop()


@pytest.fixture(scope="module")
def house(store: str) -> Iterator[House]:
    programs = debian_programs()
    if programs is None or not (shutil.which("pgbouncer") or Path("/usr/sbin/pgbouncer").exists()):
        pytest.skip("needs Debian's PostgreSQL and PgBouncer: apt-get install postgresql pgbouncer")
    folder = own_folder("mutirao-machines-")
    primary = Postgres(programs, folder, "primary").make().start()
    primary.ask("CREATE DATABASE mutirao", "postgres")
    replica = Postgres(programs, folder, "replica").follow(primary).start()
    pooler = Pooler(folder, primary).start()
    settings = {
        "DATABASE_URL": pooler.url,
        "DATABASE_DIRECT_URL": primary.url(),
        "MUTIRAO_REPLICA_URL": replica.url(),
        "MUTIRAO_FILES_URL": store.replace("http://", "s3://key:secret@")
        + f"/{BUCKET}/network?region=us-east-1&tls=0",
        "MUTIRAO_SECRET_KEY": "kJ3v8-Qw2zXn7Lp5Rt9Yb1Gc4Hd6Fs0MaE2uVxTo-Ws8Zq",
        "MUTIRAO_DEMO": "1",
        "LC_ALL": "en_GB.UTF-8",
    }
    made = House(primary, replica, pooler, store, folder, settings)
    try:
        _start(made)
        yield made
    finally:
        for site in made.web:
            site.stop()
        if made.worker:
            made.worker.terminate()
            made.worker.wait(20)
        pooler.stop()
        replica.stop()
        primary.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _start(house: House) -> None:
    base = Path(os.environ["MUTIRAO_HOME"])
    house.web = [Installation(base / f"web-{n}", extra=house.settings) for n in "ab"]
    house.web[0].run("demo", "--load-only")
    for site in house.web:
        site.start("serve", "--no-worker")
    worker = Installation(base / "worker", extra=house.settings)
    house.worker = subprocess.Popen([MUTIRAO, "worker"], env=worker.environment)


@pytest.fixture
def member(house: House) -> Reader:
    """The secretariat, signed in on machine A."""
    return Reader(house.web[0], "secretariat")


def commitment(house: House, visibility: str = "public") -> str:
    found = house.primary.ask(
        f"SELECT id FROM commitments_commitment WHERE visibility = '{visibility}'"
        " AND state = 'in_progress' ORDER BY id LIMIT 1"
    )
    return f"/pt/commitments/{found}/"


def add_step(member: Reader, page: str, text: str) -> None:
    assert member.post(f"{page}steps/add/", text=text) in (200, 302)


def reads(house: House) -> int:
    """How much the replica has been read."""
    time.sleep(1.2)  # statistics are told once a second
    return int(
        str(
            house.replica.ask(
                "SELECT sum(seq_scan + coalesce(idx_scan, 0)) FROM pg_stat_user_tables"
            )
        )
    )


def test_machines_share_files_in_the_store(house: House, member: Reader) -> None:
    before = house.objects()
    page = commitment(house)
    content = f"ata {uuid4()}".encode()
    member.upload(f"{page}evidence/add/", "file", "ata.txt", content, title="Ata da reunião")
    [added] = house.objects() - before
    assert added.startswith("evidence/")
    other = Reader(house.web[1], "secretariat")
    path = re.findall(rf'href="({page}evidence/\d+/file/)"', other.get(page))[-1]
    paths = re.findall(rf'href="({page}evidence/\d+/file/)"', other.get(page))
    assert content in {other.raw(path) for path in paths}
    assert path in paths
    for site in house.web:
        assert files(site.home) == {}


def test_machines_ask_who_may_before_they_hand_out_a_file(house: House, member: Reader) -> None:
    page = commitment(house)
    path = re.findall(rf'href="({page}evidence/\d+/file/)"', member.get(page))[-1]
    number = page.split("/")[3]
    house.primary.ask(
        f"UPDATE commitments_commitment SET visibility = 'members' WHERE id = {number}"
    )
    try:
        with pytest.raises(urllib.error.HTTPError) as refused:
            Reader(house.web[1]).raw(path)
        assert refused.value.code in (403, 404)
        assert member.raw(path)
    finally:
        house.primary.ask(
            f"UPDATE commitments_commitment SET visibility = 'public' WHERE id = {number}"
        )


def test_visitors_pages_come_from_the_replica_and_are_never_stale(
    house: House, member: Reader
) -> None:
    visitor, page = Reader(house.web[1]), commitment(house)
    before = reads(house)
    for number in range(30):
        text = f"Passo {number} {uuid4()}"
        add_step(member, page, text)
        assert text in visitor.get(page), number
    for _time in range(30):
        visitor.get("/pt/network/")
    assert reads(house) > before + 60


def test_late_replica_is_not_read(house: House, member: Reader) -> None:
    visitor, page = Reader(house.web[1]), commitment(house)
    house.replica.ask("SELECT pg_wal_replay_pause()")
    try:
        for _time in range(5):
            text = f"Adiantado {uuid4()}"
            add_step(member, page, text)
            assert text in visitor.get(page)
    finally:
        house.replica.ask("SELECT pg_wal_replay_resume()")


def test_pages_go_on_without_the_replica(house: House, member: Reader) -> None:
    visitor, page = Reader(house.web[1]), commitment(house)
    house.replica.stop("immediate")
    slowest = 0.0
    for number in range(10):
        text = f"Sem réplica {number} {uuid4()}"
        add_step(member, page, text)
        started = time.monotonic()
        assert text in visitor.get(page)
        slowest = max(slowest, time.monotonic() - started)
    assert slowest < 3
    house.replica.start()
    time.sleep(6)  # it is left alone for 5 s
    before = reads(house)
    for _time in range(20):
        visitor.get("/pt/network/")
    assert reads(house) > before


def test_pages_come_back_after_the_pooler_and_the_primary(house: House, member: Reader) -> None:
    page = commitment(house)
    for what in (house.pooler, house.primary):
        what.stop()
        with pytest.raises(urllib.error.HTTPError) as away:
            Reader(house.web[1]).get(page)
        assert away.value.code == 503
        what.start()
        back = time.monotonic()
        while True:
            try:
                text = f"De volta {uuid4()}"
                add_step(member, page, text)
                break
            except urllib.error.HTTPError as error:
                assert error.code == 503
                assert time.monotonic() - back < 5
                time.sleep(0.1)
        took = time.monotonic() - back
        assert took < 5, took
        assert text in Reader(house.web[1]).get(page)


def test_worker_on_its_own_machine_reads_what_a_web_machine_received(
    house: House, member: Reader, tmp_path: Path
) -> None:
    lines = ["PLANO DE TRABALHO 2026", "", "Atividades", ""]
    for number in range(1, 1500):
        lines += [f"{number}. Realizar a oficina número {number} com as cidades.", ""]
    answer = member.upload("/pt/plans/import/", "document", "longo.txt", "\n".join(lines).encode())
    assert "/plans/import/" in answer
    until = time.monotonic() + 120
    other = Reader(house.web[1], "secretariat")
    path = re.search(r"/pt/plans/import/[0-9a-f-]{36}/", answer)
    assert path
    while 'value="accept"' not in other.get(path[0]):
        assert time.monotonic() < until
        time.sleep(1)


def test_doctor_finds_the_machines_well(house: House) -> None:
    done = house.web[0].run("doctor", check=False)
    assert "!!" not in done.stdout, done.stdout
    assert done.returncode == 0
    assert "replica" in done.stdout and "storage" in done.stdout


def test_backup_from_the_store_goes_back_into_another(house: House, tmp_path: Path) -> None:
    path = tmp_path / "all.tar"
    house.web[0].run("backup", str(path))
    full = house.web[0].run("restore", str(path), "--into", str(tmp_path / "no"), check=False)
    assert full.returncode == 2
    assert not (tmp_path / "no").exists()
    house.primary.ask("CREATE DATABASE twin", "postgres")
    url = house.primary.url("twin")
    twin = Installation(
        Path(os.environ["MUTIRAO_HOME"]) / "twin",
        extra={
            "DATABASE_URL": url,
            "MUTIRAO_FILES_URL": house.settings["MUTIRAO_FILES_URL"].replace("/network", "/twin"),
            "LC_ALL": "en_GB.UTF-8",
        },
    )
    twin.run("restore", str(path), "--into", str(twin.home))
    count = "SELECT count(*) FROM commitments_evidence"
    assert house.primary.ask(count, "twin") == house.primary.ask(count)
    assert "1" in twin.run("doctor", check=False).stdout


def test_embedded_18_moves_to_debians_server(house: House, tmp_path: Path) -> None:
    """A network that grew: the backup of an embedded PostgreSQL 18 goes into Debian's own."""
    old = Path(__file__).parents[1] / "core" / "data" / "v0.1.0.tar"
    house.primary.ask("CREATE DATABASE moved", "postgres")
    moved = Installation(tmp_path / "moved", extra={"DATABASE_URL": house.primary.url("moved")})
    moved.run("restore", str(old), "--into", str(moved.home))
    assert house.primary.ask("SELECT count(*) FROM network_organisation", "moved") == 84
