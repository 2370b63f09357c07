"""“Please look at”: what a careful reader would notice, in many wordings, and what nobody should be bothered with."""

from __future__ import annotations

import pytest

from ampersand.wording.reading.child import read_here
from ampersand.wording.reading.correcting import corrected
from ampersand.wording.reading.correcting.noticing import notices
from ampersand.wording.reading.noticing.leftovers import HALF, LOST, STRIKE, UNCLOSED, UNWRITTEN

BEFORE = "Mentoring agreement\n\nThe mentor and the mentee meet to talk.\n\n"
SIGNED = "\n\nWe are kind.\n\n\nSigned (mentor): ____________\n\nSigned (mentee): ____________\n"
NOTICED = {
    LOST: [
        "Read the rules on our website - - before you begin.",
        "The form is on the page – – and takes a minute.",
        "You can reach us by e-mail at and we answer soon.",
        "Please see our web page at before you sign.",
        "Find the code of conduct at ( ) and read it.",
        "The policy can be found here: .",
        "For details see , and then come.",
        "The handbook is at http:// and is short.",
        "Our website is www. and costs nothing.",
        "Send it to [email protected] soon.",
        "See the guidance (link) first.",
        "Please click here to read the safeguarding policy.",
    ],
    STRIKE: [
        "*delete as appropriate",
        "(delete as applicable)",
        "Strike out what does not apply.",
        "Cross out the words that do not apply",
        "Please delete whichever is not applicable",
        "Circle as appropriate.",
        "We meet weekly / monthly (please circle one).",
        "Remove if not required.",
        "[Delete this line before use]",
        "Unzutreffendes bitte streichen.",
        "Rayer la mention inutile.",
        "Táchese lo que no proceda.",
        "Doorhalen wat niet van toepassing is",
    ],
    UNCLOSED: [
        "The mentor (a colleague meets every week.",
        "Notes [will be kept.",
        "We meet weekly) or so.",
    ],
    HALF: ["The mentor will /", "Choose whether meetings are weekly/"],
    UNWRITTEN: ["Our address is TBC.", "Lorem ipsum dolor sit amet.", "Insert the name of your school here."],
}
LEFT_ALONE = [
    "Our website - the old one - is closed.",
    "We meet at home or at work.",
    "See https://example.org/a for more, or http://example.org/",
    "Either of us may write an e-mail at any time.",
    "Click here: https://example.org/policy",
    "We pick 1) goals and 2) steps.",
    "The mentor will delete all notes as appropriate.",
    "We circle back to our goals as appropriate.",
    "Please tick off each goal.",
    "The mentor will remove the mentee from the list if required.",
    "The day of a meeting is to be confirmed by e-mail.",
    "Mentor and/or mentee come early.",
]
CONTRADICTIONS = [
    ("Meetings last 30 minutes.", "Each meeting lasts one hour."),
    ("The mentoring lasts 12 months.", "This agreement runs for six months."),
    ("It may be renewed for 12 months.", "It can be extended for a further 6 months."),
    ("Whoever cannot come gives 2 days' notice.", "Meetings may be cancelled with 24 hours' notice."),
    ("Notes will be kept by the mentor.", "The mentor will not keep notes."),
    ("No notes are taken.", "The mentor keeps notes of each meeting."),
    ("Sessions may be recorded.", "Recording of sessions is not permitted."),
    ("We meet weekly.", "Meetings take place once a month."),
    ("The mentee arranges the meetings.", "The mentor is responsible for arranging each meeting."),
    ("Missed meetings will not be rescheduled.", "If a meeting is missed, it will be rearranged."),
    ("The mentor may not give a reference.", "The mentor will provide a reference on request."),
    ("Either may end this without giving a reason.", "Whoever ends it gives a reason in writing."),
    ("The programme is free.", "There is a fee of £20 per meeting."),
    ("You must be 18 or over.", "Those taking part are 16 or over."),
    ("Write to us at help@one.example.", "Do write to us at help@two.example."),
]
NO_CONTRADICTIONS = [
    ("Meetings last 60 minutes.", "Each session lasts one hour."),
    ("Meetings last 30 minutes.", "The first meeting lasts one hour."),
    ("The mentoring lasts 12 months.", "It runs for one year."),
    ("The mentoring lasts 12 months.", "It can be extended for a further 6 months."),
    ("Whoever cannot come gives 2 days' notice.", "Either may end this with 2 weeks' notice."),
    ("The mentor does not keep notes.", "The mentee keeps notes."),
    ("Notes are kept only if both agree.", "No notes are shared."),
    ("Notes will/will not be kept.", "The mentor keeps no notes."),
    ("We meet every month.", "We write every week."),
    ("We meet monthly.", "At the beginning we meet weekly."),
    ("Meetings are not recorded.", "What was agreed in a meeting is recorded in the plan."),
    ("Mentor: a@one.example", "Mentee: b@two.example"),
]


ELSEWHERE = [
    ("Die Treffen dauern 45 Minuten.", "Jedes Treffen dauert eine Stunde."),
    ("Das Mentoring dauert zwölf Monate.", "Diese Vereinbarung gilt für sechs Monate und endet dann."),
    ("Wer verhindert ist, sagt zwei Tage vorher ab.", "Termine werden mindestens 24 Stunden im Voraus abgesagt."),
    ("Notizen werden nicht geführt.", "Die Notizen werden sicher aufbewahrt und bei uns geführt."),
    ("Chaque rencontre dure une heure.", "Les séances durent 30 minutes et se tiennent ici."),
    ("Les deux se voient et les rencontres ont lieu chaque semaine.", "Les réunions ont lieu une fois par mois."),
    ("Les séances ne sont pas enregistrées.", "Les séances sont enregistrées et les deux les reçoivent."),
    ("La mentoría dura un año.", "El programa dura seis meses y se cierra con una fiesta."),
    ("Las sesiones son gratuitas.", "Se paga una cuota de 20 euros por sesión."),
    ("Quien no puede venir avisa con dos días de antelación.", "Las citas se cancelan con 24 horas de antelación."),
    ("De gesprekken duren een uur.", "Elk gesprek duurt 45 minuten en is in het Nederlands."),
    ("Een gemiste afspraak wordt niet ingehaald.", "Een gemiste bijeenkomst wordt in de week erna ingehaald."),
    ("As sessões duram uma hora.", "Os encontros duram 30 minutos e são na escola."),
    ("A mentoria dura um ano.", "O programa dura seis meses e não é pago."),
    ("Gli incontri durano un'ora e mezza, cioè 90 minuti.", "Ogni incontro dura 45 minuti con la tutor."),
    ("Non si tiene nota di quello che si dice e gli appunti non sono conservati.", "Gli appunti sono conservati al sicuro."),
]  # fmt: skip
NOT_ELSEWHERE = [
    ("Die Treffen dauern 45 Minuten.", "Das erste Treffen dauert eine Stunde."),
    ("Die Treffen dauern 60 Minuten.", "Jedes Treffen dauert eine Stunde."),
    ("Die Mentorin führt keine Notizen.", "Die Mentee führt ein Tagebuch und macht Notizen."),
    (
        "Das Mentoring dauert zwölf Monate.",
        "Die Vereinbarung kann um weitere sechs Monate verlängert werden.",
    ),
    ("Chaque rencontre dure une heure.", "La première rencontre dure 30 minutes et se tient ici."),
    ("Les séances ne sont pas enregistrées.", "Les séances sont enregistrées si les deux sont d'accord."),
    ("Las sesiones duran una hora.", "El programa dura un año y es para los dos."),
    ("De gesprekken duren een uur.", "Het traject duurt een jaar en is voor de leerling."),
    ("As sessões duram uma hora.", "A primeira sessão dura 30 minutos."),
    ("Gli incontri durano 45 minuti.", "L'ultimo incontro dura 90 minuti con la tutor."),
]
LEFT_OVER_ELSEWHERE = {
    STRIKE: [
        "(Nichtzutreffendes bitte streichen)", "Zutreffendes bitte ankreuzen.", "Rayez la mention inutile.", "Cochez la case utile.",
        "(tachar lo que no proceda)", "Marque lo que corresponda.", "Haal door wat niet van toepassing is.", "Aankruisen wat van toepassing is.",
        "Riscar o que não interessa.", "Barrare la voce che interessa.",
    ],
    LOST: [
        "Näheres siehe Webseite - - und im Büro.", "Le règlement est sur le site - - du collège.", "Vea la página - - antes de firmar.",
        "Das Formular finden Sie, wenn Sie hier klicken.", "Pour la charte, cliquez ici.", "Per il regolamento, clicca qui.",
        "De regels staan op de pagina - - van de school.", "As regras estão na página - - da escola.",
    ],
}  # fmt: skip


def looked_at(text: str) -> list[str]:
    reading = read_here((BEFORE + text + SIGNED).encode())
    found = [notice.told for notice in notices(reading, corrected(reading, []))]
    return [sentence for sentence in found if "no copy of what the two sign" not in sentence]


@pytest.mark.parametrize("sentence", NOTICED)
def test_what_was_lost_or_left_over_is_pointed_out(sentence: str) -> None:
    for text in NOTICED[sentence]:
        assert sentence in looked_at(text), text


def test_nobody_is_bothered_with_what_is_right() -> None:
    for text in LEFT_ALONE:
        assert looked_at(text) == [], text


def test_two_clauses_that_contradict_each_other_are_pointed_out() -> None:
    for one, other in CONTRADICTIONS:
        for first, second in ((one, other), (other, one)):
            said = looked_at(f"{first}\n\n{second}")
            assert any(first[:20] in sentence and "otherwise than" in sentence for sentence in said), (one, said)  # fmt: skip


def test_the_same_is_seen_in_german_french_spanish_dutch_portuguese_and_italian() -> None:
    for one, other in ELSEWHERE:
        said = looked_at(f"{one}\n\n{other}")
        assert any(one[:20] in sentence and "otherwise than" in sentence for sentence in said), (one, said)
    for sentence, texts in LEFT_OVER_ELSEWHERE.items():
        for text in texts:
            assert sentence in looked_at(text), text
    for one, other in NOT_ELSEWHERE:
        assert looked_at(f"{one}\n\n{other}") == [], one


def test_clauses_that_agree_or_speak_of_different_things_are_left_alone() -> None:
    for one, other in NO_CONTRADICTIONS:
        assert looked_at(f"{one}\n\n{other}") == [], one


def test_a_blank_that_is_asked_for_twice_is_pointed_out_once() -> None:
    [said] = looked_at("Telephone: ______\n\nWe talk.\n\nTelephone: ______")
    assert "make them one blank" in said


def test_what_was_put_right_is_pointed_out_no_longer_and_what_is_written_is_looked_at() -> None:
    reading = read_here(
        f"{BEFORE}Read the rules on our website - - soon.\n\nWe meet weekly.{SIGNED}".encode()
    )
    [lost] = [one for one in notices(reading, corrected(reading, [])) if one.sentence == LOST]
    right = [{"do": "reword", "clause": lost.place, "text": "Read the rules on our website soon."}]
    assert not [one for one in notices(reading, corrected(reading, [right])) if one.sentence == LOST]
    wrong = [{"do": "add", "clause": lost.place, "text": "We meet once a month."}]
    after = [one.sentence for one in notices(reading, corrected(reading, [wrong]))]
    assert any("how often the two meet" in sentence for sentence in after)


def test_words_between_blanks_are_not_said_to_be_missing() -> None:
    assert looked_at("We meet every <day> at <time> in <place or link>, for <duration>.") == []


def test_boxes_with_long_options_become_one_either_or_and_no_word_is_lost() -> None:
    text = "Quotes:\n\n[ ] Yes, you may use all my words in print\n[ ] No"
    reading = read_here((BEFORE + text + SIGNED).encode())
    [choice] = [field for field in corrected(reading, []).blanks if field.is_choice]
    assert [option.words for option in choice.options] == [
        "Yes, you may use all my words in print",
        "No",
    ]
    assert looked_at(text) == []
