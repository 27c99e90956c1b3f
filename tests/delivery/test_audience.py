"""Who is new and who is gone, when all rules are sent or only one of them."""

from datetime import UTC, datetime
from pathlib import Path

from reports.delivery.audience import Change, accept, change
from reports.delivery.recipients import Reader

AT = datetime(2025, 7, 2, tzinfo=UTC)
MONTHLY = [Reader("R1", "South@qiming.cn", "zh")]
QUARTERLY = [Reader("company", "ceo@qiming.cn", "zh")]
BOTH = MONTHLY + QUARTERLY


def test_the_first_time_everybody_is_new_and_the_second_nobody(tmp_path: Path) -> None:
    assert change(tmp_path, "performance", "live", BOTH, BOTH).gained == (
        ("R1", "south@qiming.cn"),
        ("company", "ceo@qiming.cn"),
    )
    accept(tmp_path, "performance", "live", BOTH, BOTH, AT)
    assert change(tmp_path, "performance", "live", BOTH, BOTH) == Change((), ())


def test_pilot_and_live_are_remembered_apart(tmp_path: Path) -> None:
    accept(tmp_path, "performance", "pilot", BOTH, BOTH, AT)
    assert len(change(tmp_path, "performance", "live", BOTH, BOTH).gained) == 2


def test_sending_one_rule_forgets_no_reader_of_another_and_lets_nobody_in_by_the_way(tmp_path: Path) -> None:
    accept(tmp_path, "performance", "live", MONTHLY, BOTH, AT)
    assert change(tmp_path, "performance", "live", MONTHLY, BOTH) == Change((), ())
    assert change(tmp_path, "performance", "live", QUARTERLY, BOTH).gained == (("company", "ceo@qiming.cn"),)
    accept(tmp_path, "performance", "live", QUARTERLY, BOTH, AT)
    assert change(tmp_path, "performance", "live", BOTH, BOTH) == Change((), ())


def test_who_is_gone_must_be_accepted_anew_to_come_back(tmp_path: Path) -> None:
    accept(tmp_path, "performance", "live", BOTH, BOTH, AT)
    assert change(tmp_path, "performance", "live", MONTHLY, MONTHLY).lost == (("company", "ceo@qiming.cn"),)
    accept(tmp_path, "performance", "live", MONTHLY, MONTHLY, AT)
    assert change(tmp_path, "performance", "live", BOTH, BOTH).gained == (("company", "ceo@qiming.cn"),)
