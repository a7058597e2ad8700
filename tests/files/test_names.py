"""Any id becomes a file name that every file system takes, and no two ids become the same one."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import assume, example, given, strategies as st
from polyreel.files.file_names import name_of

ids = st.one_of(
    st.text(min_size=1),
    st.text("aAbB./\\:~-_%", min_size=1),
    st.from_regex(r"[A-Za-z0-9]{1,8}(-thumb|-preview|\.2)?", fullmatch=True),
    st.sampled_from(["con", "CON", "nul.mp4", "com1", ".", "..", "../../x", "a" * 300, "é", "é"]),
)


@given(ids)
def test_every_system_takes_the_name(id):
    name = name_of(id, "work")
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", name)
    assert len(name) <= 120
    assert not name.startswith((".", "-"))
    assert not name.endswith((".", " "))
    assert name.partition(".")[0].lower() not in {"con", "prn", "aux", "nul", "com1", "lpt1"}


@given(ids, ids)
@example("Ab", "ab")
@example("a-thumb", "a")
@example("é", unicodedata.normalize("NFD", "é"))
def test_two_ids_never_share_a_name_also_where_case_does_not_count(one, other):
    assume(one != other)
    assert name_of(one, "work").lower() != name_of(other, "work").lower()


@given(ids)
def test_a_name_never_is_another_s_name_with_a_suffix(id):
    """``x-thumb.jpg`` is the picture of x, and of no item called x-thumb."""
    assert not re.search(
        r"\.|(-thumb|-preview)$", name_of(id, "work").partition("~")[0]
    ) or "~" in (name_of(id, "work"))


@pytest.mark.parametrize("id", ["video_0a1b2c", "7c0ffee1-1234", "123"])
def test_a_plain_id_is_its_own_name(id):
    assert name_of(id, "work") == id
