"""Text messages lie in a folder until whatever sends them has fetched them; each is put there once."""

import json
from pathlib import Path

from exports.sms.contract import Sms
from exports.sms.outbox import SENT, SmsOutbox

NEWS = Sms("sag-1-proeve-mor", "+4520000061", "Der er nyt til dig hos kommunen.")


def test_a_message_is_put_there_once_and_its_name_tells_nothing(tmp_path: Path) -> None:
    outbox = SmsOutbox(tmp_path)
    outbox.send(NEWS)
    outbox.send(NEWS)
    [folder] = tmp_path.iterdir()
    assert json.loads((folder / "besked.json").read_text()) == {"til": NEWS.to, "tekst": NEWS.text}
    assert "mor" not in folder.name
    assert NEWS.to not in repr(NEWS)


def test_one_that_was_fetched_is_not_put_there_again(tmp_path: Path) -> None:
    outbox = SmsOutbox(tmp_path)
    outbox.send(NEWS)
    [folder] = tmp_path.iterdir()
    (tmp_path / SENT).mkdir()
    folder.rename(tmp_path / SENT / folder.name)
    outbox.send(NEWS)
    assert [one.name for one in tmp_path.iterdir()] == [SENT]
