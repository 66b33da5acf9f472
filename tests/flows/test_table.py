"""Tables as rich draws them, without rich; folded between words, wide letters counted twice."""

from __future__ import annotations

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.commands.output import emit_table
from flows.commands.table import LEAST, draw, places

CELLS = st.text(st.sampled_from("ab c工ü1"), max_size=30).map(str.strip)


def test_a_table_is_drawn_so() -> None:
    assert list(draw(["kind", "n"], [["CLUSTER", "12"], ["a\nb", "3"]], 80)) == [
        "kind    ┃ n ",
        "━━━━━━━━╇━━━",
        "CLUSTER │ 12",
        "a       │ 3 ",
        "b       │   ",
    ]


def test_long_cells_are_folded_between_words_and_long_words_cut() -> None:
    assert list(draw(["id", "text"], [["x1", "to be cut between words"]], 16)) == [
        "id ┃ text       ",
        "━━━╇━━━━━━━━━━━━",
        "x1 │ to be cut  ",
        "   │ between    ",
        "   │ words      ",
    ]
    assert list(draw(["i", "t"], [["1", "abcdefgh"]], 9))[2:] == ["1 │ abcde", "  │ fgh  "]


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
@settings(max_examples=60)
def test_no_line_is_wider_than_asked_and_nothing_is_lost(rows: list[list[str]]) -> None:
    lines = list(draw(["one", "two", "three"], rows, 40))
    assert {places(line) for line in lines} == {places(lines[0])}
    assert places(lines[0]) <= max(40, 3 * LEAST + 6)
    for i in range(3):
        shown = "".join(line.split(" │ ")[i] for line in lines[2:])
        wanted = "".join(row[i] for row in rows)
        assert shown.replace(" ", "") == wanted.replace(" ", "")


def test_it_is_what_rich_draws() -> None:
    from rich.console import Console
    from rich.table import Table

    rows = [["CLUSTER", "Sialkot surgical instruments 工", "12"], ["", "x", "3,000"]]
    columns = ["kind", "name", "n"]
    table = Table(show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column)
    for row in rows:
        table.add_row(*row)
    out = io.StringIO()
    Console(file=out, width=160).print(table)
    assert "\n".join(draw(columns, rows, 160)) + "\n" == out.getvalue()


def test_what_a_paper_says_does_not_steer_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    emit_table(["title"], [["\x1b[2Jred\r"]])
    assert "\x1b" not in (said := capsys.readouterr().out)
    assert "\ufffd[2Jred\ufffd" in said
