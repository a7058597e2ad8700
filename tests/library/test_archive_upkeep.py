"""What is spoilt in an archive is found, named and mended; whose files they are stays known."""

from __future__ import annotations

import json
import os

import pytest
from attrs import evolve
from library.world import KEY, digest, media, run, summed, world
from polyreel import Account, Hub
from polyreel.library.archive import Archive
from support.servers import serve


@pytest.mark.parametrize("damage", ["removed", "shortened", "no sidecar", "bad sidecar"])
def test_what_was_damaged_is_found_and_loaded_again(tmp_path, damage):
    with world({f"v{n}": "plain" for n in range(5)}) as there:
        run(tmp_path / "a", there)
        folder = tmp_path / "a/work/2026-11"
        victim, side = folder / "v2.mp4", folder / "v2.json"
        seen = len(there.cdn.seen)
        if damage == "removed":
            victim.unlink()
        elif damage == "shortened":
            victim.write_bytes(victim.read_bytes()[:-9])
        elif damage == "no sidecar":
            side.unlink()
        else:
            side.write_text("{")
            assert side.name in {
                p.name.rpartition("/")[2] for p in Archive(tmp_path / "a").verify()
            }
            assert side.read_text() == "{", "verify changes nothing"
        run(tmp_path / "a", there)
        assert victim.read_bytes() == there.cdn.content("plain", "v2")
        assert json.loads(side.read_bytes())["files"][0]["sha256"] == digest(victim)
        again = len(there.cdn.seen) - seen
        assert again == (1 if damage in {"removed", "shortened"} else 0), "a whole file is kept"
        assert not [*Archive(tmp_path / "a").verify()]
        assert summed(tmp_path / "a") == 5


def test_verify_names_every_bad_file_and_repair_mends_what_the_provider_still_has(tmp_path):
    with world({f"v{n}": "plain" for n in range(6)}) as there:
        run(tmp_path / "a", there)
        folder, archive = tmp_path / "a/work/2026-11", Archive(tmp_path / "a")
        assert [*archive.verify()] == []
        spoilt = bytearray((folder / "v1.mp4").read_bytes())
        spoilt[30_000] ^= 1
        (folder / "v1.mp4").write_bytes(spoilt)
        (folder / "v3.mp4").unlink()
        (folder / "v4.mp4").unlink()
        del there.videos["v4"]
        named = {problem.name.rpartition("/")[2] for problem in archive.verify()}
        assert named == {"v1.mp4", "v3.mp4", "v4.mp4"}
        assert {p.name.rpartition("/")[2] for p in archive.verify(quick=True)} == {
            "v3.mp4",
            "v4.mp4",
        }
        with there.hub() as hub:
            outcomes = {one.uid: one.state for one in archive.repair(hub)}
        assert outcomes == {"work:v1": "stored", "work:v3": "stored", "work:v4": "gone"}
        assert [problem.name.rpartition("/")[2] for problem in archive.verify()] == [
            "v4.mp4",
            "SHA256SUMS",
        ] or [problem.name.rpartition("/")[2] for problem in archive.verify()] == ["v4.mp4"]
        assert summed(tmp_path / "a") == 5


def test_rebuild_makes_the_sums_anew_from_the_sidecars(tmp_path):
    with world({f"v{n}": "plain" for n in range(3)}) as there:
        run(tmp_path / "a", there)
    before = (tmp_path / "a/SHA256SUMS").read_bytes()
    (tmp_path / "a/SHA256SUMS").unlink()
    (tmp_path / "a/.polyreel/index.json").write_text("damaged")
    assert Archive(tmp_path / "a").rebuild() == 3
    assert (tmp_path / "a/SHA256SUMS").read_bytes() == before


def test_repair_gets_no_more_than_there_was(tmp_path):
    with world({"a": "plain"}) as there:
        run(tmp_path / "a", there)
        there.changes["a"] = {"thumbnail_url": there.cdn.url("picture", "a")}
        (tmp_path / "a/work/2026-11/a.mp4").unlink()
        seen = len(there.cdn.seen)
        with there.hub() as hub:
            assert [one.role for one in Archive(tmp_path / "a").repair(hub)] == ["video"]
        assert len(there.cdn.seen) == seen + 1


def test_an_account_that_was_renamed_is_recognised(tmp_path):
    with world({"a": "plain"}) as there:
        run(tmp_path / "a", there)
        seen = len(there.cdn.seen)
        accounts = [evolve(one, name="renamed") for one in there.accounts]
        with Hub(accounts) as hub:
            list(Archive(tmp_path / "a").add(hub))
        assert len(there.cdn.seen) == seen
        side = json.loads((tmp_path / "a/work/2026-11/a.json").read_bytes())
        assert side["uid"] == "renamed:a"


def test_two_accounts_that_see_the_same_items_each_have_their_own_and_get_them_once(tmp_path):
    with world(dict.fromkeys("abc", "plain")) as there:
        accounts = [*there.accounts, *(evolve(one, name="home") for one in there.accounts)]
        for number in range(3):
            seen = len(there.cdn.seen)
            before = {path: path.stat().st_mtime_ns for path in (tmp_path / "a").rglob("*.json")}
            with Hub(accounts) as hub:
                outcomes = [*Archive(tmp_path / "a").add(hub)]
            assert len(outcomes) == (0 if number else 6)
            assert len(there.cdn.seen) - seen == len(outcomes)
            assert not number or before == {path: path.stat().st_mtime_ns for path in before}
        assert summed(tmp_path / "a") == 6
        names = {path.relative_to(tmp_path / "a").parts[0] for path in media(tmp_path / "a")}
        assert names == {"work", "home"}


@pytest.mark.parametrize("damage", ["a byte changed", "only touched"])
def test_a_file_that_was_written_to_since_is_looked_at_and_got_again_if_it_changed(
    tmp_path, damage
):
    with world({f"v{n}": "plain" for n in range(3)}) as there:
        run(tmp_path / "a", there)
        victim, seen = tmp_path / "a/work/2026-11/v1.mp4", len(there.cdn.seen)
        spoilt = bytearray(victim.read_bytes())
        spoilt[30_000] ^= damage == "a byte changed"
        victim.write_bytes(spoilt)
        os.utime(victim, ns=(1, 1))
        run(tmp_path / "a", there)
        assert victim.read_bytes() == there.cdn.content("plain", "v1")
        assert len(there.cdn.seen) - seen == (damage == "a byte changed")
        assert [*Archive(tmp_path / "a").verify()] == []
        assert summed(tmp_path / "a") == 3


def test_repair_writes_sidecars_anew_that_are_lost_or_can_t_be_read(tmp_path):
    with world({f"v{n}": "plain" for n in range(4)}) as there:
        run(tmp_path / "a", there)
        folder, archive, seen = (
            tmp_path / "a/work/2026-11",
            Archive(tmp_path / "a"),
            len(there.cdn.seen),
        )
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        (folder / "v1.json").unlink()
        (folder / "v2.json").write_text("{")
        assert {one.name.rpartition("/")[2] for one in archive.verify(quick=True)} >= {
            "v1.json",
            "v2.json",
        }
        with there.hub() as hub:
            assert {one.state for one in archive.repair(hub)} == {"stored"}
        assert [*archive.verify()] == []
        assert len(there.cdn.seen) == seen, "the files were whole"
        after = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert before.keys() == after.keys() - {"v2.json.bad"}
        assert summed(tmp_path / "a") == 4


def test_what_is_lost_for_good_stays_listed_and_is_named_by_every_verify(tmp_path):
    with world({"a": "plain", "b": "plain"}) as there:
        run(tmp_path / "a", there)
        (tmp_path / "a/work/2026-11/a.mp4").unlink()
        there.videos["a"] = "gone"
        for _ in range(2):
            _, outcomes = run(tmp_path / "a", there)
            assert [one.state for one in outcomes] == ["gone"]
            assert [one.name for one in Archive(tmp_path / "a").verify()] == ["work/2026-11/a.mp4"]
            assert summed(tmp_path / "a") == 1


def test_an_account_s_name_that_was_given_to_another_one_costs_no_file(tmp_path):
    """Two items may have the same uid, one after the other: of two providers, or of two kinds."""
    with world({"a": "plain"}) as there:
        run(tmp_path / "a", there)
        heygen = {
            "id": "a",
            "status": "completed",
            "video_url": there.cdn.url("webm", "other"),
            "created_at": 1793637600,
        }
        with serve(lambda _: {"data": [heygen], "has_more": False}) as api:
            account = Account(name="work", provider="heygen", key=KEY, base_url=api.url)
            for stored in (1, 0):
                with Hub([account]) as hub:
                    assert len([*Archive(tmp_path / "a").add(hub)]) == stored
        contents = {path.read_bytes() for path in media(tmp_path / "a")}
        assert contents == {there.cdn.content("plain", "a"), there.cdn.content("webm", "other")}
        assert run(tmp_path / "a", there)[1] == []
        assert [*Archive(tmp_path / "a").verify()] == []
        assert {it.item.provider for it in Archive(tmp_path / "a").items()} == {"tavus", "heygen"}
