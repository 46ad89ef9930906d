"""The client of the documentation, run as it stands there against a server that answers as ours does."""

import io
import re
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

import pytest

from tests.clients import open_client

PAGE = Path(__file__).parents[2] / "docs" / "exchange.md"


@pytest.fixture
def asked(built, monkeypatch):
    """Every address that was asked for with its status; requests of the standard library go to the application."""
    client, seen = open_client(), []

    def urlopen(request):
        answer = client.get(request.full_url, headers=dict(request.header_items()))
        seen.append((request.full_url, answer.status_code))
        headers = Message()
        for name, value in answer.headers.items():
            headers[name] = value
        if answer.status_code >= 300:
            raise urllib.error.HTTPError(request.full_url, answer.status_code, "", headers, None)
        found = io.BytesIO(answer.content)
        found.headers = headers
        return found

    monkeypatch.setattr(urllib.request, "urlopen", urlopen)
    return seen


def test_the_client_of_the_page_reads_every_row_and_asks_again_only_for_what_changed(asked, figures, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    names: dict = {}
    exec(code, names)
    first = figures.of_month("ISP", figures.months[-1])["score"].idxmax()
    assert figures.communes.at[first, "name_fr"] in capsys.readouterr().out.split("),")[0]
    client = names["figures"]
    rows = client.rows("pressure", indicator="ISP", limit="40")
    assert len(rows) == 89
    before = len(asked)
    assert client.rows("pressure", indicator="ISP", limit="40") == rows
    assert [status for _, status in asked[before:]] == [304, 304, 304]
