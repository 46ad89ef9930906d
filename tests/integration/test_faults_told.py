"""A fault is a sentence for the reader and a line of the log, without query or address."""

import json
import logging
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from data.i18n import Translator
from pages.web.log import JsonLines, Told
from tests.clients import open_before_pages


@pytest.fixture
def client():
    return open_before_pages()


def test_a_fault_is_a_sentence_for_the_reader_and_a_line_for_whoever_mends_it(caplog):
    def fail(_request):
        raise ZeroDivisionError("of 1,234 people")

    app = Starlette(routes=[Route("/sheet/x", fail), Route("/api/x", fail)], middleware=[Middleware(Told)])
    client = TestClient(app, raise_server_exceptions=False)
    with caplog.at_level(logging.INFO, "service_pressure.web"):
        answer = client.get("/sheet/x?secret=7&lang=en")
        assert client.get("/api/x").json()["error"] == "fault"
    assert answer.status_code == 500
    assert Translator("en")("guard.fault") in unescape(answer.text)
    assert "ZeroDivision" not in answer.text
    line = json.loads(JsonLines().format(caplog.records[0]))
    assert {"event": "fault", "path": "/sheet/x", "status": 500, "level": "error"}.items() <= line.items()
    assert "secret" not in json.dumps(line)
    assert line["fault"] == "ZeroDivisionError"
    assert any(place.startswith("test_faults_told.py:") and place.endswith(" fail") for place in line["where"])
    assert "1,234" not in json.dumps(line)


def test_an_answer_is_one_line_without_query_or_address(client, caplog):
    with caplog.at_level(logging.INFO, "service_pressure.web"):
        client.get("/nothing?commune=09.541.04.67")
    line = json.loads(JsonLines().format(caplog.records[0]))
    assert set(line) == {"at", "level", "event", "method", "path", "status", "ms", "actor"}
    assert line["path"] == "/nothing"
