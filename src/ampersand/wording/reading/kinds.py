"""What is asked for in a blank, told from its label and the words after it, in the languages we know words of."""

from __future__ import annotations

import re

SIGNATURE = re.compile(
    r"\b(?:sign(?:ature|atures|ed|ing|s)?|unterschrift(?:en)?|unterzeichne\w*|gezeichnet|firma(?:s|do)?|firmato|assinatura|assinado"
    r"|signé|handtekening|underskrift|namnteckning|allekirjoitus|podpis|aláírás|imza|initials|initial(?=\W*$| here)|подпис\w*|υπογραφή|tanda tangan|chữ ký)\b|签字|签名|签章|簽名|簽章|署名|印鑑|서명|توقيع|חתימה",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\b(?:date[ds]?|datum|datums|fecha|data|dato|päiväys|dátum|tarih|day|start|begin(?:s|ning)?|ends?|until|expir\w+|by when|deadline|due|born"
    r"|renewal|effective|commenc\w+|as of)\b|^\W*(?:année|year|año)\W*$|\b(?:from|from\W+to|le|am|ab|bis|vom|desde|hasta|since)\W*$|\b(?:desde|hasta) el\b.{0,8}$|^\W*to\W*$|(?:^|, )den\W*$",
    re.IGNORECASE,
)
_PURE_DATE = re.compile(
    r"\b(?:date[ds]?|datum|fecha|data|dato|by when|deadline|dátum|tarih|дата|ημερομηνία|tanggal|ngày)\b|日期|日付|年月日|날짜|تاريخ|תאריך",
    re.IGNORECASE,
)
CONTACT = re.compile(
    r"\b(?:e-?mails?|phones?|telephones?|tel|mobile|cell|address|contact(?:s|ed|ing)?|fax|skype|zoom|telefon\w*|correo|teléfono"
    r"|adresse|anschrift|stra(?:ß|ss)e|plz|mobil|dirección|indirizzo|téléphone|courriel|telefoon|rufnummer|kontakt|endereço|slack|discord|whatsapp|handle|website|url|ph(?! ?d\b)|hm|zip|postcode|city, (?:state|country)|телефон\w*|адрес|почта|alamat)\b|电话|電話|邮箱|联系|地址|メール|住所|전화|이메일",
    re.IGNORECASE,
)
DURATION = re.compile(
    r"\b(?:how often|how long|frequency|frequently|often|every|each|length|duration|period|term|häufigkeit|dauer|frecuencia|duración"
    r"|fréquence|durée|meet(?:ing)?s? (?:will be|for)|at least once|hours per|time commitment|lasts|lasting)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:mentor(?:s|in|a|es)?|mentees?|protégée?s?|coach(?:ee)?|tutors?|tutee|students?|pupils?|learners?|teachers?|volunteers?|buddy|buddies"
    r"|apprentices?|trainees?|interns?|supervisors?|supervisees?|parents?|guardians?|carers?|client|coordinator|organi[sz]er"
    r"|director|manager|instructors?|preceptors?|assessors?|counsell?ors?|therapists?|facilitators?|advis[eo]r|advisee|faculty|principal|head|witness|participants?|friend|befriender|employer|employee"
    r"|line manager|program(?:me)? (?:lead|manager)|readers?|fellows?|researchers?|host|sponsor|representative|scholars?|candidates?"
    r"|parrain|filleul|marraine|filleule|elternteil|erziehungsberechtigte\w*|schüler\w*|lehrer\w*|leitung|tutora?|estudiante|alumn[oa]s?"
    r"|padre|madre|élève|étudiant\w*|tuteur|studente|tutrice|genitore|aluno|orientador\w*|member|chair|captain|scout|youth|child)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:names?|(?:vor|nach|sur)names?|nombres?|nome|nom|naam|navn|namn|imię|nimi|print(?:ed)?|between|zwischen|entre|called|who|ich|yo|имя|фамилия|фио|nama|tên|people|persons?|dear)\b|(?:^|[^\w]\s?)(?:i|je|ich|yo|io|eu|ik|we)\W*$|\b(?:paid|provided|prepared|agreed|completed|approved|witnessed|held|led) by\W*$|\b(?:supervision|guidance|mentorship|direction) of\W*$|姓名|甲方|乙方|丙方|氏名|이름|导师|学员",
    re.I,
)
_NOT_PERSON = re.compile(
    r"\b(?:organi[sz]ations?|company|school|institution|universit\w+|college|department|program(?:me)?|project|club|group|course"
    r"|title|position|employer|business|subjects?|topic|city|place|site|event|team|lab)\b",
    re.IGNORECASE,
)
UNIT = re.compile(
    r"\s*[)\]]?\s*(?:working |calendar |full |business |consecutive )?\(?(?:days?|weeks?|months?|years?|hours?|hrs?|minutes?|mins?|times?|sessions?|meetings?"
    r"|per ?cent|%|percent|tage?n?|wochen?|monate?n?|jahre?n?|stunden?|minuten|mal|fois|jours?|semaines?|mois|heures?|días?|semanas?"
    r"|meses|horas?|minutos?|veces|giorni|settimane|mesi|ore|dagen|weken|maanden|uren|dias|people|students|pages|points|credits|euros?|€|£|\$)(?!\w)",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"\s*(?:and|to|or|bis|y|à|-|–)\s*[_.…\ue000]{2,}\s*(?:days?|weeks?|months?|hours?|minutes?|times)\b|\s?[次天周分小个]",
    re.IGNORECASE,
)
MONEY = re.compile(
    r"[£$€]\s*$|\b(?:fees?|amount|price|costs?|rate|sum|stipend|salary|deposit|betrag|importe|montant)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\b(?:number of|how many|no\. of|anzahl|número de|nombre de (?:séances|rencontres)|hours(?=\W*$)|hours for the|max(?:imum)?|minimum)\b|\b(?:at least|at most|up to|no more than|mindestens|al menos|au moins)\W*$|^(?:number|total|quantity)\b(?! of)",
    re.I,
)
FIELD = re.compile(
    r"\b(?:names?|dates?|signature|signed|address|e-?mail|phone|telephone|mobile|tel|title|position|role|organi[sz]ation|school|department"
    r"|subject|location|place|time|frequency|duration|goals?|objectives?|notes|comments?|print(?:ed)?|age|grade|class|course|year|id"
    r"|nombre|fecha|firma|correo|teléfono|nom|prénom|datum|unterschrift|ort|vorname|nachname|telefon|adresse|lieu|nome|cognome|cargo"
    r"|handtekening|naam|company|client|coach|witness|expectations|other|signatures?|initials)\b",
    re.IGNORECASE,
)


EXAMPLE = r"(?:e\.?\s?g\b|ej\b|p\. ?(?:ej|ex)\b|z\. ?b\.|bspw|par ex|ex\b|por ejemplo|bijv|for example)"
"""What begins an example, as a pattern that does not mind small letters or capitals."""


def is_field(label: str) -> bool:
    """Whether a short label is one of those that forms have: a name, a date, a role, an address."""
    return bool(FIELD.search(label) or ROLE.search(label)) and len(label.split()) <= 7


_OF = r"(?: of (?:(?:the )?[A-Z][\w’'/]*)(?: (?!Date|Name|Print|Title|Signature|Phone)[A-Z][\w’'/]*)?)?"
_SIDE = re.compile(
    r"(?:(?:[A-Z][\w’'/.-]*|of|or|the) ){0,3}?(?:(?:Print(?:ed)?|Full|Last|First) )?"
    rf"(?:Names?{_OF}(?: Printed(?! Name)| \((?:please )?print(?:ed)?\))?|Signatures?{_OF}|Signed|Date(?: Signed)?|Title|Position|Phone|Telephone|E-?mail|Address|City"
    r"|State|Z(?:ip|IP)(?: Code)?|Year|Datum|Unterschrift|Ort)(?= [A-Z]|$)"
)


_DATE_SIGNED = re.compile(r"(?:^|\s)dates? (?:signed|of sign\w+)\W*$", re.IGNORECASE)

_SAY = re.compile(r"(?:(?:please|very|briefly) )*(?:list|describe|summari[sz]e|explain|outline)\b[^.:?]*\.?$", re.IGNORECASE)  # fmt: skip


def side_by_side(text: str) -> list[str]:
    """Labels with nothing but a space between them, "Mentor Name Date"; none if the text is anything else."""
    labels, place = [], 0
    text = text.strip(" *")
    while place < len(text) <= 100 and (found := _SIDE.match(text, place)):
        labels.append(found[0])
        place = found.end() + 1
    return labels if len(labels) > 1 and place >= len(text) else []


def _asked_outright(label: str) -> str:
    """What a label says it wants: "Place (and how often)", "List the songs that were sung last year."."""
    if _SAY.match(label):
        return "text"
    often = re.search(r"\((?:[^()]*\b)?(?:frequency|how often)\b[^()]*\)\W*$", label, re.IGNORECASE)
    return "duration" if often else ""


def kind_of(label: str, after: str = "", hint: str = "") -> str:
    """text, date, person, contact, number, duration or signature: what stands in a blank with this label.

    `after` is the text that follows it, `hint` what stands in its brackets.
    """
    hint, label = _spelled(hint), _spelled(label)
    if not hint and (asked := _asked_outright(label)):
        return asked
    beside = re.search(r"\(([^()]{2,30})\)\W*$", label)
    if beside and not hint and is_field(beside[1]) and not SIGNATURE.search(label):
        label = beside[1].split(",")[0] if _is_name(beside[1]) else beside[1]
    behind = re.match(r"\s*\(\W*([^()]{2,30})\)", after)
    if not hint and behind and is_field(behind[1]) and not SIGNATURE.search(_last(label)):
        hint = behind[1]
    last = _last(label)
    called = re.match(r"\s*\((?:the )?[\"“]([A-Z][\w ]*)", after)
    if called and not hint and not (DATE.search(called[1]) or _NOT_PERSON.search(called[1])):
        return "person"
    own = f"{hint} {last}".strip()
    if re.match(r"\s*day of\b", after, re.I) or re.search(
        r"\bday of\W*$|\b20$|\b(?:agreed|begins?|starts?|ends?|held|signed|dated|until|meeting|valid) (?:on|as of)\W*$|\bas of\W*$|[年月自]\s*$",
        own,
        re.I,
    ):
        return "date"
    if re.fullmatch(
        r"day|month|year|(?:insert |enter )?(?:start |end |today[’']s )?date(?: here)?|[DMYJTA]{1,4}([/.\- ])[DMYJTA]{1,4}\1[DMYJTA]{2,4}",
        hint.strip(),
        re.IGNORECASE,
    ):
        return "date"
    told = re.search(r"\b(?:by )?signing (?:this|below|the|here)\b", last, re.IGNORECASE)
    if (SIGNATURE.search(last) and not told) or SIGNATURE.search(hint):
        signed = re.search(r"sign", own, re.I)
        dated = _PURE_DATE.search(own) and (
            not signed or _DATE_SIGNED.search(last) or _DATE_SIGNED.search(hint)
        )
        return "date" if dated else "signature"
    if _is_name(hint or last):
        first = re.split(r",", hint or last)[0]
        about = first if re.match(r"\W*names?\b", first, re.I) else _last_words(first, 2)
        return "text" if _NOT_PERSON.search(about) else "person"
    if _PURE_DATE.search(own) and not UNIT.match(after):
        return "date"
    return _of_words(own, last, after, hint) or ("date" if DATE.search(_last_words(label, 2)) else "text")


def _of_words(own: str, last: str, after: str, hint: str) -> str:
    """The kind that the words of a label and its hint give; "" if none. What stands as an example does not count."""
    reached = own if len(own.split()) <= 10 else _last_words(own, 5)
    if re.match(EXAMPLE, hint, re.I):
        reached, own = last, last
    if CONTACT.search(reached) and not UNIT.match(after):
        return "text" if re.search(r"\btimes\W*$", own) else "contact"
    if _BY.search(last) and (len(last.split()) <= 4 or re.search(r"\bpaid by\W*$", last, re.I)):
        return "signature" if re.search(r"(?:^|\s)By:$", last) else "person"
    if MONEY.search(own) or UNIT.match(after) or _RANGE.match(after):
        return "number"
    if _PROSE.search(own):
        return "text"
    return _of_measure(own) or _of_person(own, last, hint)


def _of_measure(own: str) -> str:
    """duration or number, "" if neither."""
    if _LASTING.search(own):
        return "duration"
    if _NUMBER.search(own):
        return "number"
    lasting = DURATION.search(own) and (not _NOT_PERSON.search(own) or DURATION.search(_last_words(own, 1)))
    return "duration" if lasting else ""


def _of_person(own: str, last: str, hint: str) -> str:
    """person, or text for a thing that has a name, "" if neither."""
    if _is_role(hint) or (
        _is_role(last) and len(last.split()) <= 3 and not re.match(r"\W*(?:company|employer)\b", last, re.I)
    ):
        return "person"
    if _NOT_PERSON.search(own):
        return "text"
    return "person" if _PERSON.search(own) or _is_role(last) else ""


_BY = re.compile(r"\bby\W*$", re.IGNORECASE)
_PROSE = re.compile(
    r"\b(?:plans?|goals?|comments?|notes|aims?|objectives?|accomplishments?|skills?|activities|opportunities|feedback|expectations|achievements|outcomes|topics?)\W*$",
    re.IGNORECASE,
)
_LASTING = re.compile(
    r"\b(?:meet|meetings?|talk|speak)\b.*\b(?:at least|every)\W*$|\b(?:relationship|partnership|mentoring|agreement)\b.*\b(?:lasts?|continues?|runs?)?\s?for\W*$|\b(?:time\s?frame|length of time|period of time)\b",
    re.IGNORECASE,
)


def _spelled(label: str) -> str:
    """A variable's name as words: "start date" of "{{startDate}}" and of "START_DATE"."""
    if "_" not in label and not re.search(r"[a-z][A-Z]", label):
        return label
    return re.sub(r"(?<=[a-z])\.?(?=[A-Z])|(?<=[A-Za-z])_(?=[A-Za-z])", " ", label)


def _is_name(label: str) -> bool:
    """Whether a label asks for a name and begins or ends with it: "full name, title", "emergency contact name"."""
    plain = re.sub(r"\([^()]*\)", "", label).strip(" :*[]")
    return bool(
        re.match(r"(?:(?:full|first|last|print(?:ed)?|your|contact) )?names?\b", plain, re.I)
        or re.search(r"\bnames?(?: & degree| and degree)?$", plain, re.I)
    )


def _is_role(label: str) -> bool:
    """Whether a label names a role and nothing else: "Mentor:", "the mentee", not "the mentor's goals"."""
    words = re.findall(r"[\w’']+", label)
    last = re.sub(r"\s*(?:\(s\)|\(e\)|\d)*\W*$", "", label)
    ends = any(found.end() == len(last) for found in ROLE.finditer(last))
    return bool(words) and len(words) <= 4 and ends and not re.search(r"[’']s? \w", label)


def _last(label: str) -> str:
    """The last clause of a label: after a full stop, a wide space or an earlier colon."""
    pieces = [piece for piece in re.split(r"[.;\t]\s|:\s+(?=\S)", label.strip()) if piece.strip()]
    return pieces[-1] if pieces else label


def _last_words(label: str, count: int) -> str:
    return " ".join(label.split()[-count:])
