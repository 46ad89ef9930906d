"""Accounts, sessions and tokens: pseudonyms, roles bound to communes, times that end, secrets that are not kept."""

import stat
from datetime import timedelta

import pytest

from data.frames import Territory
from data.people import ledger, sessions, tokens
from data.people.accounts import list_accounts, pseudonym, set_role
from data.people.ledger import copy_ledger, ledger_path, now, open_ledger
from data.people.permissions import may_write, require_write
from data.people.roles import Right, Sees, load_roles, rule_of
from data.people.sessions import end, enter, resume, sweep, truncate
from data.people.setting import PROXY_SECRET, SIGN_IN, Mode, SettingError, read_setting
from data.people.tokens import bearer, list_tokens, make_token, revoke_token
from data.people.viewer import NOBODY, OPERATOR, PUBLIC, Person, Viewer, viewer_of
from data.records.kind import IMPORT_ACTION, Role
from data.records.table import KINDS
from data.store import ROOT_VARIABLE
from data.store_error import StoreError

HERE, THERE = "09.541.04.67", "09.541.01.01"
KNOWN = (HERE, THERE)


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))


def later(monkeypatch, **time):
    """Have the clock of sessions and tokens say a later moment."""
    moment = now() + timedelta(**time)
    for module in (sessions, tokens, ledger):
        monkeypatch.setattr(module, "now", lambda: moment)


def signed_in(subject="u1", session="s1", role=Role.COMMUNE, communes: Territory = (HERE,)) -> Person:
    account = pseudonym("https://provider", subject)
    enter(session, account, now(), "192.0.2.77")
    set_role(OPERATOR, account, role, communes, known=KNOWN)
    return resume(session)


def test_every_role_has_a_rule_and_only_the_steward_has_every_right_and_screen():
    rules = load_roles().roles
    assert set(rules) == set(Role)
    assert set(rules[Role.STEWARD].may) == set(Right)
    every_screen = {screen for rule in rules.values() for screen in rule.screens}
    assert [role for role in Role if set(rules[role].screens) == every_screen] == [Role.STEWARD]
    assert [role for role in Role if Right.PEOPLE in rules[role].may] == [Role.STEWARD]
    assert {role for role in Role if rules[role].sees is Sees.OWN} == {Role.COMMUNE, Role.ANIMATOR}


def test_the_public_reads_protected_figures_and_writes_nothing():
    assert set(rule_of(Role.PUBLIC).may) == {Right.PAPERS, Right.API}
    actions = {action.name for kind in KINDS.values() for action in kind.actions} | {"undo", "publish", "drop-demonstration"}
    assert [name for name in actions if may_write(PUBLIC, name) or may_write(NOBODY, name)] == []


def test_a_viewer_of_some_communes_sees_those_of_a_territory_in_its_order():
    viewer = viewer_of(Role.COMMUNE, (THERE, HERE, HERE))
    assert viewer == Viewer(Role.COMMUNE, (THERE, HERE))
    assert viewer.within((HERE, "09.541.02.02", THERE)) == (HERE, THERE)
    assert viewer_of(Role.COMMUNE).within(KNOWN) == ()
    assert viewer_of(Role.READER, (HERE,)).within(KNOWN) == KNOWN
    assert NOBODY.viewer.within(KNOWN) == ()


def test_an_account_is_a_pseudonym_that_says_nothing_of_its_person():
    account = pseudonym("https://provider", "fatima@example.ma")
    assert account == pseudonym("https://provider", "fatima@example.ma")
    assert len({account, pseudonym("https://other", "fatima@example.ma"), pseudonym("https://provider", "u2")}) == 3
    enter("s1", account, now(), "192.0.2.77")
    kept = ledger_path().read_bytes() + b"".join(p.read_bytes() for p in ledger_path().parent.glob("people.sqlite-*"))
    assert account.encode() in kept
    assert b"fatima" not in kept
    assert b"192.0.2.77" not in kept


def test_a_person_who_was_never_here_waits_for_a_role_and_sees_nothing():
    person, is_new = enter("s1", pseudonym("https://provider", "u1"), now(), "")
    assert is_new
    assert (person.viewer, person.viewer.screens) == (NOBODY.viewer, ())
    assert [right for right in Right if person.may(right)] == []
    assert person.viewer.within(KNOWN) == ()
    assert [(a.role, a.account) for a in list_accounts()] == [(None, person.account)]


def test_a_role_holds_from_the_next_request_on_and_goes_with_its_sessions():
    person = signed_in()
    assert person.viewer == Viewer(Role.COMMUNE, (HERE,))
    set_role(OPERATOR, person.account, Role.READER)
    assert resume("s1").viewer == Viewer(Role.READER)
    set_role(OPERATOR, person.account, None)
    assert resume("s1") == NOBODY


@pytest.mark.parametrize(
    ("role", "communes", "key"),
    [
        (Role.COMMUNE, (), "store.role_without_commune"),
        (Role.ANIMATOR, ("99.999.99.99",), "store.role_of_unknown_commune"),
    ],
)
def test_a_role_of_its_own_communes_needs_communes_that_there_are(role, communes, key):
    with pytest.raises(StoreError) as refused:
        signed_in(role=role, communes=communes)
    assert refused.value.key == key


def test_a_role_for_an_account_that_never_was_is_refused():
    with pytest.raises(StoreError) as refused:
        set_role(OPERATOR, "nobody", Role.STEWARD)
    assert refused.value.key == "store.account_unknown"


def test_a_session_that_was_signed_out_of_never_begins_again():
    person, started_at = signed_in(), now()
    assert end("s1").account == person.account
    assert resume("s1") == NOBODY
    assert enter("s1", person.account, started_at, "") == (NOBODY, False)


def test_a_session_of_one_account_is_not_entered_by_another():
    signed_in()
    assert enter("s1", pseudonym("https://provider", "u2"), now(), "") == (NOBODY, False)


@pytest.mark.parametrize(("time", "is_over"), [({"minutes": 119}, False), ({"minutes": 121}, True), ({"hours": 13}, True)])
def test_a_session_ends_after_two_idle_hours_and_after_twelve_at_the_latest(monkeypatch, time, is_over):
    person = signed_in()
    later(monkeypatch, **time)
    assert (resume("s1") == NOBODY) == is_over
    # What has ended stays ended, and a cookie that is too old begins no other.
    assert (enter("s1", person.account, now() - timedelta(hours=12), "")[0] == NOBODY) == is_over


def test_a_cookie_that_is_older_than_a_session_may_be_begins_none():
    assert enter("s9", pseudonym("https://provider", "u1"), now() - timedelta(hours=12), "") == (NOBODY, False)
    assert list_accounts() == []


def test_addresses_are_truncated_and_forgotten_after_ninety_days(monkeypatch):
    assert truncate("192.0.2.77") == "192.0.2.0/24"
    assert truncate("2001:db8:1234:5678::1") == "2001:db8:1234::/48"
    assert truncate("::ffff:192.0.2.77") == "192.0.2.0/24"
    assert truncate("testclient") == ""
    signed_in()
    assert sweep() == 0
    later(monkeypatch, days=91)
    assert sweep() == 2
    with open_ledger() as kept:
        assert kept.execute("SELECT count(*) FROM session WHERE address <> ''").fetchone()[0] == 0


def test_a_token_opens_what_it_was_made_for_and_nothing_else():
    text, token = make_token(OPERATOR, "Tableau du cercle", Role.COMMUNE, [Right.API], 30, [HERE], known=KNOWN)
    person = bearer(text)
    assert person.viewer == Viewer(Role.COMMUNE, (HERE,))
    assert [right for right in Right if person.may(right)] == [Right.API]
    assert person.account == f"token:{token.token}"
    assert not may_write(person, IMPORT_ACTION.name)
    assert not may_write(person, "note")


def test_of_a_token_only_a_hash_is_kept():
    text, _ = make_token(OPERATOR, "Tableau", Role.READER, [Right.API], 30)
    kept = ledger_path().read_bytes() + b"".join(p.read_bytes() for p in ledger_path().parent.glob("people.sqlite-*"))
    assert text[16:].encode() not in kept


def test_a_token_that_is_altered_expired_or_revoked_is_nobodys(monkeypatch):
    text, token = make_token(OPERATOR, "Tableau", Role.READER, [Right.API], 30)
    other, _ = make_token(OPERATOR, "Autre", Role.STEWARD, [Right.API], 30)
    mixed = text[:16] + other[16:]
    for forged in (
        "",
        "sp_",
        text[:-1],
        text + "A",
        text[:-1] + ("A" if text[-1] != "A" else "B"),
        mixed,
        "sp_" + "0" * 12 + text[15:],
    ):
        assert bearer(forged) == NOBODY, forged
    assert bearer(text) != NOBODY
    revoke_token(OPERATOR, token.token)
    assert bearer(text) == NOBODY
    later(monkeypatch, days=30)
    assert bearer(other) == NOBODY
    assert [t.is_valid for t in list_tokens()] == [False, False]


@pytest.mark.parametrize(
    ("label", "role", "scopes", "days", "key"),
    [
        ("", Role.READER, [Right.API], 30, "store.token_label"),
        ("Appeler 0612345678", Role.READER, [Right.API], 30, "store.token_label"),
        ("Tableau", Role.READER, [], 30, "store.token_scope"),
        ("Tableau", Role.STEWARD, [Right.PEOPLE], 30, "store.token_scope"),
        ("Tableau", Role.READER, [Right.API], 0, "store.token_days"),
        ("Tableau", Role.READER, [Right.API], 366, "store.token_days"),
        ("Tableau", Role.COMMUNE, [Right.API], 30, "store.role_without_commune"),
    ],
)
def test_a_token_that_would_open_too_much_is_not_made(label, role, scopes, days, key):
    with pytest.raises(StoreError) as refused:
        make_token(OPERATOR, label, role, scopes, days, known=KNOWN)
    assert refused.value.key == key


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_only_the_steward_gives_roles_and_tokens(role):
    waiting, by = pseudonym("https://provider", "u9"), Person(viewer_of(role, (HERE,)), "a")
    enter("s9", waiting, now(), "")
    _, token = make_token(OPERATOR, "Tableau", Role.READER, [Right.API], 30)
    for act in (
        lambda: set_role(by, waiting, Role.STEWARD),
        lambda: make_token(by, "Tableau", Role.READER, [Right.API], 30),
        lambda: revoke_token(by, token.token),
    ):
        with pytest.raises(StoreError) as refused:
            act()
        assert refused.value.key == "store.role_may_not"
    assert [a.role for a in list_accounts()] == [None]
    assert [t.is_valid for t in list_tokens()] == [True]


def test_a_copy_of_the_accounts_holds_them_and_is_read_by_its_owner_alone(tmp_path):
    person, copy = signed_in(), tmp_path / "copy.sqlite"
    copy_ledger(copy)
    assert stat.S_IMODE(copy.stat().st_mode) == stat.S_IMODE(ledger_path().stat().st_mode) == 0o600
    ledger_path().unlink()
    for journal in tmp_path.glob("people.sqlite-*"):
        journal.unlink()
    copy.rename(ledger_path())
    assert resume("s1") == person
    with pytest.raises(OSError, match="exists"):
        copy_ledger(ledger_path())


# By role what it may write, over the whole of the actions: a new action without an entry here fails.
WRITERS = {
    "import": "commune animator adviser steward", "undo": "steward", "publish": "steward", "drop-demonstration": "steward",
    "note": "commune steward", "note-withdrawn": "commune steward", "plan-text": "commune steward",
    "plan-version": "commune steward", "decision": "adviser steward", "decision-withdrawn": "adviser steward",
    "scenario": "adviser steward", "scenario-deleted": "adviser steward", "init": "", "definitions": "",
    "revert": "commune animator steward", "repair": "", "fact": "adviser steward", "fact-withdrawn": "adviser steward",
    "support-action": "adviser steward", "support-actor": "adviser steward",
    "month-submitted": "commune animator steward", "month-validated": "commune steward", "month-returned": "commune steward",
    "figure-corrected": "commune steward", "figure-withdrawn": "commune steward", "correction-undone": "commune steward",
    "proof": "commune animator steward", "proof-withdrawn": "commune animator steward",
    **dict.fromkeys(
        ("register-results", "register-achievements", "register-activities", "register-initiatives", "register-training_sessions",
         "register-commitments", "register-donor_outputs", "register-report_texts", "register-place_choices"), "adviser steward"
    ),
    **dict.fromkeys(("register-training_levels", "register-eligibility"), "commune adviser steward"),
    "register-animator_posts": "commune animator adviser steward",
}  # fmt: skip


def test_each_action_is_done_by_the_roles_that_are_named_for_it_and_by_no_other():
    actions = {action.name for kind in KINDS.values() for action in kind.actions}
    assert actions <= set(WRITERS), actions - set(WRITERS)
    for action, roles in WRITERS.items():
        may = {role.value for role in Role if may_write(Person(viewer_of(role, (HERE,)), "a"), action)}
        assert may == set(roles.split()), action
        assert may_write(OPERATOR, action)
    assert not may_write(Person(viewer_of(Role.STEWARD), "a"), "an action that nobody entered")


def test_a_role_of_its_own_communes_writes_only_what_names_them():
    person = Person(viewer_of(Role.COMMUNE, (HERE,)), "a")
    require_write(person, "note", (HERE,))
    for about in (None, (), (THERE,), (HERE, THERE)):
        with pytest.raises(StoreError) as refused:
            require_write(person, "note", about)
        assert refused.value.key == "store.commune_not_own"


def test_a_setting_that_is_not_understood_stops_the_start(monkeypatch):
    monkeypatch.delenv(SIGN_IN, raising=False)
    assert read_setting().mode is Mode.OPEN
    monkeypatch.setenv(SIGN_IN, "oidc")
    with pytest.raises(SettingError):
        read_setting()
    monkeypatch.setenv(SIGN_IN, "headers")
    monkeypatch.setenv(PROXY_SECRET, "too short")
    with pytest.raises(SettingError):
        read_setting()
