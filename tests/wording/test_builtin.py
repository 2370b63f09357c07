"""The two templates that come with Ampersand carry every term that mentoring schemes asked for."""

import pytest

from ampersand.wording import Entered, Kind, Mark, Template, builtin, coverage, fields, parse, terms_of, write
from ampersand.wording.catalogue import CATALOGUE

PEER = parse(builtin()["peer"].text)
CONTRACT = parse(builtin()["contract"].text)

# Row of the mission → the clauses that carry it and the terms they must set.
PEER_ROWS = {
    "P0 clear goals, on the same page": (["goals"], ["goals-page"]),
    "P1 learning self-tracking": (["purpose"], ["purpose", "trackers"]),
    "P2 a workbook": (["workbook"], ["workbook"]),
    "P3 thirty minutes": (["length"], ["meeting-minutes"]),
    "P4 three meetings or fewer": (["how-many"], ["expected-meetings"]),
    "P5 free, not always available": (["free"], ["free-of-charge", "waiting-list"]),
    "P6 respect": (["respect"], ["respect"]),
    "P7 concerns to the mentor": (["questions"], ["concerns-to-mentor", "concerns-to-organisers"]),
    "P8 stopping without reason or notice": (["stopping"], ["end-without-reason"]),
    "P9 opinion, not advice": (["opinion"], ["opinion-not-advice"]),
    "P10 missed is final": (["missed"], ["missed-meeting"]),
    "P11 sharing as you like": (["sharing"], ["share-what-you-like"]),
    "P12 confidential but for two exemptions": (
        ["confidential", "exemption-harm", "exemption-neglect"],
        ["confidential", "exemption"],
    ),
    "P13 ask before sharing": (["before-sharing"], ["ask-before-sharing", "professional-help"]),
    "P14 no substitute for professionals": (["not-treatment"], ["opinion-not-advice", "professional-help"]),
    "P15 no assurance": (["no-promise"], ["no-assurance"]),
    "P16 no guarantee of correctness": (["may-be-wrong"], ["no-assurance"]),
    "P17 own risk": (["risk"], ["own-risk"]),
    "P18 no proceedings": (["no-court"], ["no-claims"]),
    "P19 disclaimer first": (["disclaimer"], ["disclaimer-before-downloads"]),
    "P20 the mentee's own responsibility": (["your-decision"], ["own-risk"]),
    "P21 no liability": (["no-liability"], ["no-claims"]),
    "P22 adults": (["adults"], ["adult"]),
    "P23 legal rights": (["rights"], ["legal-rights-kept"]),
    "P24 has read and will comply": (["agreed"], ["has-read"]),
    "PS1 read first": (["step-read"], ["whole-agreement-first"]),
    "PS2 ask, then meet by video": (["step-ask"], ["asking", "video-meetings"]),
}

CONTRACT_ROWS = {
    "C1 names": (["parties"], ["mentor-name", "mentee-name"]),
    "C2 discussed before signing": (
        ["first-meeting"],
        ["first-meeting-before-signing", "filled-in-together"],
    ),
    "C3, C4 a copy each, one to the organisers": (["first-meeting", "copies"], ["copies"]),
    "C5 contact wishes": (["reaching-mentor", "reaching-mentee"], ["mentor-contact", "mentee-contact"]),
    "C6 how often": (["how-often"], ["meeting-frequency"]),
    "C7 who sets up": (["arranging"], ["meetings-set-up-by"]),
    "C8 the mentee prepares": (["preparing"], ["preparation"]),
    "C9 notice": (["cancelling"], ["meeting-notice-days"]),
    "C10 twelve months, twelve more": (["how-long"], ["runs-months", "renews-months"]),
    "C11 no subject barred": (["any-subject"], ["any-subject"]),
    "C12 contact between meetings": (["between-meetings"], ["contact-between"]),
    "C13 telephone times": (["telephone"], ["telephone-times"]),
    "C14 no joint research": (["no-joint-research"], ["boundary-research"]),
    "C15 no peer review or panel": (["lasting", "no-reviewing"], ["boundary-review"]),
    "C16 no say in promotion": (["no-promoting"], ["boundary-promotion"]),
    "C17 no reference": (["no-references"], ["boundary-references"]),
    "C18 confidentiality whatever rank": (["confidential"], ["confidential"]),
    "C19 three exemptions": (
        ["exemptions", "exemption-unlawful", "exemption-fitness", "exemption-others"],
        ["exemption"],
    ),
    "C20 told first": (["told-first"], ["told-before-disclosure"]),
    "C21 it endures": (["afterwards"], ["confidential-afterwards"]),
    "C22 notes": (["notes", "notes-safe"], ["notes-kept", "notes-without-identity", "notes-secure"]),
    "C23 the mentee's records": (["records"], ["mentee-records"]),
    "C24 recording": (["recording"], ["recording-permitted"]),
    "C25 ending without a reason": (["ending"], ["end-without-reason"]),
    "C26 changed only by both": (["changes"], ["change-only-by-both"]),
    "C27 organisers told": (["telling"], ["organisers-told-of-ending", "organisers-told-of-renewal"]),
    "C28 concerns": (["concerns"], ["concerns-to-organisers"]),
    "C29 issue, signed": (["signing:issue"], ["issue-date", "signatures"]),
    "C30 renewal, signed": (["signing:renewal"], ["renewal-date", "signatures-at-renewal"]),
}


@pytest.mark.parametrize(
    ("template", "clauses", "terms"),
    [
        pytest.param(template, *row, id=name)
        for template, rows in ((PEER, PEER_ROWS), (CONTRACT, CONTRACT_ROWS))
        for name, row in rows.items()
    ],
)
def test_every_term_stands_in_a_clause_and_is_understood(
    template: Template, clauses: list[str], terms: list[str]
) -> None:
    rows = {row.clause: row for row in coverage(template)}
    present = {clause.id for clause in template.clauses()} | rows.keys()
    assert set(clauses) <= present
    understood = {verdict.term for id in clauses if id in rows for verdict in rows[id].verdicts}
    assert set(terms) <= understood
    assert set(terms) <= CATALOGUE.keys()


def test_peer_is_accepted_by_asking_without_a_blank_or_a_signature() -> None:
    assert PEER.entered is Entered.BY_ASKING
    assert not PEER.blanks
    assert not PEER.occasions
    assert [item.term for item in PEER.declarations] == ["adult", "has-read"]
    numbers = [clause.number for clause in PEER.clauses() if clause.mark is Mark.NUMBERED]
    assert numbers == [f"{number}." for number in range(1, 25)]
    assert [clause.number for clause in PEER.clauses() if clause.mark is Mark.STEP] == ["Step 1:", "Step 2:"]


def test_peer_terms_are_fixed_by_its_words() -> None:
    terms = terms_of(PEER, {})
    assert terms["meeting-minutes"] == 30
    assert terms["expected-meetings"] == 3
    assert terms["missed-meeting"] == "final"
    assert terms["exemption"] == ("exemption-harm", "exemption-neglect")
    assert terms["adult"] is True


def test_contract_has_its_blanks_either_ors_and_four_signatures() -> None:
    assert CONTRACT.entered is Entered.SIGNED
    kinds = {field.id: field.kind for field in fields(CONTRACT)}
    assert [id for id, kind in kinds.items() if kind is Kind.CHOICE] == ["set-up", "notes", "recording"]
    assert len(kinds) == 11
    assert Kind.DATE not in kinds.values()  # the dates are set by signing
    assert [(o.key, o.signers) for o in CONTRACT.occasions] == [
        ("issue", ("mentor", "mentee")),
        ("renewal", ("mentor", "mentee")),
    ]
    assert CONTRACT.copies == ("mentor", "mentee", "organisers")
    assert {field.id for field in fields(CONTRACT) if not field.together} == {
        "mentor-name", "mentee-name", "mentor-contact", "mentee-contact", "between", "phone",
    }  # fmt: skip


def test_contract_terms_follow_what_the_pair_chose() -> None:
    terms = terms_of(CONTRACT, {"notes": "no", "notice": 7, "set-up": "mentee"})
    assert terms["notes-kept"] is False
    assert terms["meeting-notice-days"] == 7
    assert terms["meetings-set-up-by"] == "mentee"
    assert terms["runs-months"] == 12
    assert terms["renews-months"] == 12
    assert terms["exemption"] == ("exemption-unlawful", "exemption-fitness", "exemption-others")
    assert "recording-permitted" not in terms


@pytest.mark.parametrize("template", [PEER, CONTRACT], ids=lambda template: template.id)
def test_what_is_not_built_is_never_said_to_be_done(template: Template) -> None:
    for row in coverage(template):
        for verdict in row.verdicts:
            if verdict.term:
                assert (verdict.word == "not yet") is (not CATALOGUE[verdict.term].built)


@pytest.mark.parametrize("key", ["peer", "contract"])
def test_built_in_templates_are_kept_as_they_are_written(key: str) -> None:
    text = builtin()[key].text
    assert write(parse(text)) == text


def test_no_organisation_or_address_is_named_but_the_schemes_own() -> None:
    for key in ("peer", "contract"):
        text = builtin()[key].text
        assert "@" not in text
        assert "{scheme.name}" in text
        assert "{scheme.contact}" in text
