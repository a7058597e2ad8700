"""A Spark table of a thousand accounts has each item once, and a key nowhere."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from support.servers import Reply, Request, serve, tavus_list, tavus_video

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("java") is None, reason="Java isn't installed"),
    pytest.mark.filterwarnings("ignore"),  # pyspark's own
]
pytest.importorskip("pyspark", reason="pyspark isn't installed")

KEY = "spark-s3cret-0123456789abcdef"
ACCOUNTS = 1000
BROKEN = "a7"


def respond(request: Request) -> Any:
    account, _, path = request.path.strip("/").partition("/")
    if request.headers.get("x-api-key") != KEY or account == BROKEN:
        return Reply({"message": "Invalid access token"}, 401)
    if not path.endswith("videos"):
        return Reply({"message": "no such path"}, 404)
    number = int(account.removeprefix("a"))
    rows = [tavus_video(number * 10 + each) for each in range(3)]
    return tavus_list(rows)(request)


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("spark")
    with serve(respond) as server, pytest.MonkeyPatch.context() as patch:
        tables = [
            f'[accounts.a{n}]\nprovider = "tavus"\nbase_url = "{server.url}/a{n}"\nkey = "env:SPARK_KEY"\n'
            for n in range(ACCOUNTS)
        ]
        (folder / "polyreel.toml").write_text("".join(tables))
        patch.setenv("POLYREEL_CONFIG", str(folder / "polyreel.toml"))
        patch.setenv("SPARK_KEY", KEY)
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        patch.setenv("PYTHONPATH", ":".join(sys.path))
        from polyreel.integrations.spark import PolyreelSource
        from pyspark.sql import SparkSession

        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.eventLog.enabled", "true")
            .config("spark.eventLog.dir", folder.as_uri())
            .config("spark.eventLog.compress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .getOrCreate()
        )
        session.dataSource.register(PolyreelSource)
        session.folder = folder
        try:
            yield session
        finally:
            session.stop()


def test_each_item_of_a_thousand_accounts_comes_once_and_a_failing_one_costs_itself(
    spark: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    frame = spark.read.format("polyreel").load()
    plan = frame._jdf.queryExecution().toString()
    rows = frame.select("uid", "account", "title", "created_at", "raw", "_error").collect()

    failed = [row for row in rows if row["_error"]]
    items = [row for row in rows if not row["_error"]]
    expected = {f"a{n}:{n * 10 + k:09x}" for n in range(ACCOUNTS) for k in range(3)}
    assert [row["account"] for row in failed] == [BROKEN]
    assert len(items) == len({row["uid"] for row in items}) == (ACCOUNTS - 1) * 3
    assert {row["uid"] for row in items} == {
        uid for uid in expected if not uid.startswith(f"{BROKEN}:")
    }
    assert items[0]["created_at"].year == 2026
    assert '"video_id"' in items[0]["raw"]

    events = "".join(
        path.read_text(errors="replace")
        for path in spark.folder.rglob("*")
        if path.is_file() and path.name != "polyreel.toml"
    )
    assert "polyreel" in events
    captured = capfd.readouterr()
    for text in (plan, events, captured.out, captured.err, str(rows)):
        assert KEY not in text


def test_some_accounts_can_be_read_and_their_errors_alone(spark: Any) -> None:
    reading = spark.read.format("polyreel").option("accounts", f"a1, {BROKEN},a2")
    assert reading.load().where("_error is null").count() == 6
    [failed] = reading.option("_errors", "only").load().collect()
    assert (failed["account"], "Invalid access token" in failed["_error"]) == (BROKEN, True)
    with pytest.raises(Exception, match="Invalid access token"):
        reading.option("_errors", "fail").load().collect()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("apiKey", "xyz-not-shown", "looks like a key"),
        ("token", "xyz-not-shown", "looks like a key"),
        ("accounts", KEY, "an option holds the key"),
        ("accounts", "xyz-not-shown-0123456789", "looks like a key"),
        ("acounts", "a1", "there is no option 'acounts'"),
        ("kind", "films", "kind is videos or replicas"),
        ("since", "soon", "since must be"),
        ("accounts", "nobody", "there is no account 'nobody'"),
    ],
)
def test_an_option_that_can_not_be_is_refused(spark: Any, name: str, value: str, told: str) -> None:
    with pytest.raises(Exception, match=told) as caught:
        spark.read.format("polyreel").option(name, value).load().count()
    assert "xyz-not-shown" not in str(caught.value)
    assert KEY not in str(caught.value)
