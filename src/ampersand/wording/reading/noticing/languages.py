"""What a passage in German, French, Spanish, Dutch, Portuguese or Italian fixes, by word lists: see `contradicting`.

Far fewer wordings are known here than in English. A passage is read by the list of the language whose small words
it has most of; where that is English, or unclear, by none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_SMALL = {
    "en": "the of and to is are will be a an in for with at may each or not no by",
    "de": "der die das und ist sind nicht mit werden wird ein eine einen oder zu den dem im bei sich von für auf es pro",
    "fr": "le la les des du de et est une un ne pas que qui dans pour par avec sont être au aux en chaque se ou",
    "es": "el la los las de y es una un no que en por para con se del al cada o son será",
    "nl": "de het een en van is niet met voor wordt worden op of te zijn per elke dit door geen",
    "pt": "o a os as de e é uma um não que em por para com se do da ao no na cada ou são será",
    "it": "il la i le di e è una un non che in per con si del della gli lo al ogni o sono sarà",
}
_SMALL_WORDS = {language: frozenset(words.split()) for language, words in _SMALL.items()}


@dataclass(frozen=True)
class Tongue:
    """The words of one language that tell what a passage fixes; each a pattern."""

    numbers: str  # "words = value", one after the other
    meeting: str
    whole: str  # what lasts as a whole
    lasts: str
    renewed: str
    minutes: str
    hours: str
    days: str
    weeks: str
    months: str
    years: str
    notice: str
    missed: str  # for whom the notice is: someone who cannot come
    ending: str
    some: str  # some meetings only, or no fixed number
    iffy: str
    no: str
    often: tuple[tuple[str, int], ...]  # how often in a year
    topics: Mapping[str, str]  # what is said yes or no to
    topics_no: Mapping[str, str]  # words that say no by themselves


_TONGUES = {
    "de": Tongue(
        numbers="ein=1 eine=1 einen=1 einer=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 acht=8 zehn=10 zwölf=12 dreißig=30 sechzig=60",
        meeting=r"treffen\w*|sitzung\w*|gespräche?n?|termine?n?|begegnung\w*",
        whole=r"mentoring\w*|vereinbarung|programm|partnerschaft|tandem|begleitung|zusammenarbeit|vertrag",
        lasts=r"dauer[tn]?|läuft|gilt|umfasst|beträgt|erstreckt",
        renewed=r"verläng\w*|weitere[nrs]?",
        minutes=r"minuten?|min\.", hours=r"stunden?", days=r"tage?n?", weeks=r"wochen?", months=r"monate?n?", years=r"jahre?n?",
        notice=r"vorher|im voraus|zuvor|vor dem|frist",
        missed=r"absag\w*|abgesagt|sagt|sagen|verhindert|verschieb\w*|nicht kommen|teilnehmen kann|teilnehmen können",
        ending=r"kündig\w*|beend\w*|kündigungsfrist",
        some=r"erste[nrs]?|kennenlern\w*|letzte[nrs]?|abschluss\w*|mindestens|höchstens|etwa|circa|ca\.|rund|bis zu|zwischen|oder|anfangs|danach|zusätzlich\w*|workshops?|gruppe\w*",
        iffy=r"wenn|falls|sofern|außer|nur|ohne zustimmung|zustimmung|einverstand\w*|vereinbart|absprache|ob",
        no=r"nicht|kein\w*|nie|niemals|weder|noch|ohne",
        often=((r"(?:alle|jede) (?:zwei|2|zweite) wochen?|zweiwöchentlich|vierzehntägig|14-tägig|zweimal (?:im|pro) monat", 26), (r"wöchentlich|jede woche|einmal (?:pro|in der) woche", 52), (r"monatlich|jeden monat|einmal (?:im|pro) monat|alle vier wochen", 12), (r"vierteljährlich|alle drei monate|(?:ein|1)mal (?:im|pro) quartal", 4)),
        topics={
            "notes": r"\b(?:notizen|protokoll\w*|aufzeichnungen)\b[^.]{0,40}\b(?:geführt|gemacht|erstellt|angefertigt|aufbewahrt|führt)\b|\b(?:führt|macht|erstellt)\b[^.]{0,25}\b(?:notizen|protokoll\w*)\b",
            "recording": r"\b(?:treffen|sitzungen|gespräche)\b[^.]{0,30}\b(?:aufgenommen|aufgezeichnet|mitgeschnitten)\b|\baufnahmen?\b[^.]{0,30}\b(?:erlaubt|gestattet|zulässig|verboten|untersagt)\b",
            "missed": r"\b(?:versäumte?s?|verpasste?s?|ausgefallene?s?|abgesagte?s?)\b[^.]{0,50}\b(?:nachgeholt|neu angesetzt)\b",
            "references": r"\b(?:schreibt|stellt|gibt|verfasst)\b[^.]{0,30}\b(?:empfehlungsschreiben|referenz\w*|zeugnis)\b",
            "reason": r"\b(?:beend\w*|kündig\w*|aussteig\w*|abbrech\w*)\b[^.]{0,60}\b(?:gründen?|begründ\w*)\b|\bgründen?\b[^.]{0,40}\b(?:beend\w*|kündig\w*)\b",
            "fee": r"\bkostenlos\b|\bkostenfrei\b|\bunentgeltlich\b|\b(?:eine|keine) gebühr(?:en)?\b|\d ?(?:€|euro) (?:pro|je)\b",
        },
        topics_no={"recording": r"verboten|untersagt", "fee": r"kostenlos|kostenfrei|unentgeltlich"},
    ),
    "fr": Tongue(
        numbers="un=1 une=1 deux=2 trois=3 quatre=4 cinq=5 six=6 huit=8 dix=10 douze=12 quinze=15 trente=30 soixante=60",
        meeting=r"rencontres?|réunions?|séances?|entretiens?|rendez-vous",
        whole=r"mentorat|tutorat|accompagnement|convention|contrat|programme|parrainage|accord|relation",
        lasts=r"dure(?:nt|ra)?|durée|valable|conclue? pour|s['’]étend",
        renewed=r"renouvel\w*|prolong\w*|reconduit\w*|supplémentaires?",
        minutes=r"minutes?|min\.", hours=r"heures?", days=r"jours?", weeks=r"semaines?", months=r"mois", years=r"ans?|années?",
        notice=r"à l['’]avance|avant|préavis|au préalable",
        missed=r"annul\w*|prévenir|prévient|empêch\w*|absen\w*|report\w*|décommand\w*|avert\w*",
        ending=r"résili\w*|mettre fin|met fin|rompre|rupture|terminer",
        some=r"premi\w*|derni\w*|initiale?s?|bilan|au moins|au plus|maximum|minimum|environ|jusqu['’]à|entre|ou|ateliers?|groupe|supplémentaires?",
        iffy=r"si|sauf|uniquement|seulement|à moins|accord|autoris\w*|consent\w*|lorsque|à condition|sans l['’]accord",
        no=r"ne|n['’]|pas|aucune?s?|jamais|sans|ni",
        often=((r"toutes les deux semaines|tous les quinze jours|une semaine sur deux|bimensuel\w*|deux fois par mois", 26), (r"chaque semaine|toutes les semaines|une fois par semaine|hebdomadaire\w*", 52), (r"chaque mois|tous les mois|une fois par mois|mensuel\w*", 12), (r"tous les trois mois|trimestriel\w*|une fois par trimestre", 4)),
        topics={
            "notes": r"\b(?:notes|comptes? rendus?)\b[^.]{0,40}\b(?:prises?|conservées?|rédigés?|tenus?)\b|\b(?:prend|rédige|conserve)\b[^.]{0,25}\b(?:notes|comptes? rendus?)\b",
            "recording": r"\b(?:rencontres|séances|réunions|entretiens)\b[^.]{0,40}\benregistrée?s\b|\benregistrements?\b[^.]{0,40}\b(?:autorisé|permis|interdit|possible)",
            "missed": r"\b(?:manquée?s?|annulée?s?)\b[^.]{0,50}\b(?:rattrapée?s?|reprogrammée?s?|remplacée?s?)\b",
            "references": r"\b(?:rédige|donne|fournit|écrit)\b[^.]{0,30}\b(?:lettres? de recommandation|références?)\b",
            "reason": r"\b(?:mettre fin|met fin|résili\w*|arrêter|quitter)\b[^.]{0,60}\b(?:motifs?|raisons?|justifi\w*|motiver)\b",
            "fee": r"\bgratuite?s?\b|\b(?:sans|aucuns?) frais\b|\bdes frais de \d|\d ?(?:€|euros) (?:par|la)\b",
        },
        topics_no={"recording": r"interdit\w*", "fee": r"gratuite?s?|sans frais|aucuns? frais"},
    ),
    "es": Tongue(
        numbers="un=1 una=1 uno=1 dos=2 tres=3 cuatro=4 cinco=5 seis=6 ocho=8 diez=10 doce=12 treinta=30 sesenta=60",
        meeting=r"reuni(?:ón|ones)|sesi(?:ón|ones)|encuentros?|citas?",
        whole=r"mentor[ií]as?|acuerdo|programa|convenio|relaci(?:ón|ones)|tutor[ií]as?|acompañamiento|contrato",
        lasts=r"dura(?:n|rá|rán|ción)?|vigencia|válid\w+|vigente|se extiende",
        renewed=r"renov\w*|prorrog\w*|prórroga|adicional\w*|otros",
        minutes=r"minutos?|min\.", hours=r"horas?", days=r"días?", weeks=r"semanas?", months=r"mes(?:es)?", years=r"años?",
        notice=r"de antelación|de anticipación|antes|previo|de preaviso",
        missed=r"cancel\w*|avisar\w*|avisa|asistir|anul\w*|aplaz\w*|inasistencia|ausencia|faltar",
        ending=r"terminar|finalizar|rescindir|rescisión|dar por termin\w*|poner fin",
        some=r"primer\w*|último|última|inicial\w*|al menos|mínimo|máximo|como máximo|aproximad\w*|unos|hasta|entre|o|talleres|taller|grupo|grupal\w*|adicional\w*",
        iffy=r"si|salvo|excepto|solo|sólo|únicamente|a menos|acuerdo mutuo|autoriz\w*|consent\w*|cuando|siempre que",
        no=r"no|ningun[oa]?s?|ningún|nunca|jamás|sin|ni",
        often=((r"cada (?:dos|2) semanas|cada quince días|quincenal\w*|dos veces al mes", 26), (r"cada semana|semanal\w*|una vez (?:por|a la) semana", 52), (r"cada mes|mensual\w*|una vez (?:por|al) mes", 12), (r"cada tres meses|trimestral\w*", 4)),
        topics={
            "notes": r"\b(?:notas|apuntes|actas?)\b[^.]{0,40}\b(?:tomar\w*|toman|guard\w*|conserv\w*|redact\w*)\b|\b(?:toma|tomará|guarda|guardará|lleva|llevará)\b[^.]{0,25}\b(?:notas|apuntes|actas?)\b",
            "recording": r"\b(?:reuniones|sesiones|encuentros)\b[^.]{0,40}\bgrabad[ao]s\b|\b(?:grabar|grabación|grabaciones)\b[^.]{0,40}\b(?:permit\w*|autoriz\w*|prohib\w*|reuniones|sesiones)\b|\bse graba(?:n|rán)?\b[^.]{0,25}\b(?:reuniones|sesiones)\b",
            "missed": r"\b(?:perdid[ao]s?|faltad[ao]s?|cancelad[ao]s?)\b[^.]{0,50}\b(?:recuper\w*|reprogram\w*)\b",
            "references": r"\b(?:escrib\w*|da|dará|ofrec\w*|redact\w*)\b[^.]{0,30}\b(?:cartas? de recomendación|referencias)\b",
            "reason": r"\b(?:terminar|finalizar|rescindir|dejar|poner fin|abandonar)\b[^.]{0,60}\b(?:motivos?|razones|razón|justific\w*)\b",
            "fee": r"\bgratuit[ao]s?\b|\bsin cost[eo]\b|\bcuota de \d|\d ?(?:€|euros) (?:por|cada)\b",
        },
        topics_no={"recording": r"prohib\w*", "fee": r"gratuit[ao]s?|sin cost[eo]"},
    ),
    "nl": Tongue(
        numbers="een=1 één=1 twee=2 drie=3 vier=4 vijf=5 zes=6 acht=8 tien=10 twaalf=12 dertig=30 zestig=60",
        meeting=r"gesprek(?:ken)?|bijeenkomst(?:en)?|afspra(?:ak|ken)|ontmoeting(?:en)?|sessies?",
        whole=r"mentoraat|mentorschap|overeenkomst|programma|traject|begeleiding|samenwerking|contract",
        lasts=r"duurt|duren|duur|geldt|loopt|looptijd",
        renewed=r"verleng\w*|nogmaals|aanvullend\w*",
        minutes=r"minu(?:ut|ten)|min\.", hours=r"u(?:ur|ren)", days=r"dag(?:en)?", weeks=r"we(?:ek|ken)", months=r"maand(?:en)?", years=r"ja(?:ar|ren)",
        notice=r"van tevoren|vooraf|tevoren|opzegtermijn",
        missed=r"afzegg\w*|afgezegd|zegt|verhinderd|niet komen|afmeld\w*|meldt|verzet\w*",
        ending=r"opzegg\w*|opgezegd|beëindig\w*|opzegtermijn|stoppen",
        some=r"eerste|laatste|kennismaking\w*|minimaal|minstens|maximaal|hoogstens|ongeveer|circa|ca\.|tot|tussen|of|workshops?|groep\w*|extra",
        iffy=r"als|indien|tenzij|behalve|alleen|toestemming|wanneer|mits|afgesproken|overleg",
        no=r"niet|geen|nooit|noch|zonder",
        often=((r"(?:elke|om de) (?:twee|2) weken|tweewekelijks|twee keer per maand", 26), (r"elke week|wekelijks|(?:een|één|1) keer per week", 52), (r"elke maand|maandelijks|(?:een|één|1) keer per maand", 12), (r"elke drie maanden|per kwartaal", 4)),
        topics={
            "notes": r"\b(?:aantekeningen|notulen|notities|verslag(?:en)?)\b[^.]{0,40}\b(?:gemaakt|bewaard|bijgehouden|gehouden)\b|\b(?:maakt|bewaart|houdt)\b[^.]{0,25}\b(?:aantekeningen|notulen|notities)\b",
            "recording": r"\b(?:gesprekken|bijeenkomsten|sessies)\b[^.]{0,40}\bopgenomen\b|\b(?:opname|opnames|opnemen)\b[^.]{0,40}\b(?:toegestaan|verboden)\b",
            "missed": r"\b(?:gemiste?|vervallen)\b[^.]{0,50}\b(?:ingehaald|verzet)\b",
            "references": r"\b(?:schrijft|geeft)\b[^.]{0,30}\b(?:aanbevelingsbrie\w+|referenties?)\b",
            "reason": r"\b(?:beëindig\w*|stoppen|opzegg\w*)\b[^.]{0,60}\b(?:reden(?:en)?|motiver\w*)\b|\bopgave van reden\w*",
            "fee": r"\bgratis\b|\bkosteloos\b|\bgeen kosten\b|€ ?\d+ per\b|\d ?euro per\b",
        },
        topics_no={"recording": r"verboden", "fee": r"gratis|kosteloos|geen kosten"},
    ),
    "pt": Tongue(
        numbers="um=1 uma=1 dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 oito=8 dez=10 doze=12 trinta=30 sessenta=60",
        meeting=r"reuni(?:ão|ões)|sess(?:ão|ões)|encontros?",
        whole=r"mentoria|acordo|programa|contrato|convénio|convênio|tutoria|acompanhamento|estágio",
        lasts=r"dura(?:m|rá|rão|ção)?|vigência|válid\w+|vigora\w*",
        renewed=r"renov\w*|prorrog\w*|adicional|adicionais",
        minutes=r"minutos?|min\.", hours=r"horas?", days=r"dias?", weeks=r"semanas?", months=r"m[êe]s(?:es)?", years=r"anos?",
        notice=r"de antecedência|antes|prévio|com antecedência",
        missed=r"cancel\w*|avisar\w*|avisa|comparecer|desmarc\w*|adiar|ausência|faltar",
        ending=r"terminar|rescindir|rescisão|encerrar|pôr fim|denunciar",
        some=r"primeir\w*|últim\w*|inicia(?:l|is)|pelo menos|mínimo|máximo|no máximo|cerca|aproximad\w*|até|entre|ou|oficinas?|grupo|adicion\w*",
        iffy=r"se|salvo|exceto|apenas|somente|só|a menos|autoriza\w*|consent\w*|quando|desde que|acordo mútuo",
        no=r"não|nenhuma?s?|nunca|jamais|sem|nem",
        often=((r"a cada (?:duas|2) semanas|de quinze em quinze dias|quinzena(?:l|is|lmente)|duas vezes por mês", 26), (r"(?:a )?cada semana|semana(?:l|is|lmente)|uma vez por semana", 52), (r"(?:a )?cada mês|mensa(?:l|is|lmente)|uma vez por mês", 12), (r"a cada três meses|trimestra(?:l|is|lmente)", 4)),
        topics={
            "notes": r"\b(?:notas|anotações|atas?)\b[^.]{0,40}\b(?:guardad\w*|tomad\w*|mantid\w*|feitas|redigid\w*)\b|\b(?:toma|tomará|guarda|guardará|faz|fará)\b[^.]{0,25}\b(?:notas|anotações|atas?)\b",
            "recording": r"\b(?:reuniões|sessões|encontros)\b[^.]{0,40}\bgravad[ao]s\b|\b(?:gravar|gravação|gravações)\b[^.]{0,40}\b(?:permiti\w*|autoriza\w*|proibi\w*|reuniões|sessões)\b",
            "missed": r"\b(?:perdid[ao]s?|faltad[ao]s?|cancelad[ao]s?)\b[^.]{0,50}\b(?:repost[ao]s?|remarcad[ao]s?|recuperad[ao]s?)\b",
            "references": r"\b(?:escrev\w*|dá|dará|fornec\w*)\b[^.]{0,30}\b(?:cartas? de recomendação|referências)\b",
            "reason": r"\b(?:terminar|encerrar|rescindir|deixar|desistir)\b[^.]{0,60}\b(?:motivos?|razões|razão|justific\w*)\b",
            "fee": r"\bgratuit[ao]s?\b|\bsem cust[oa]s?\b|\btaxa de \d|\d ?(?:€|euros|reais) por\b",
        },
        topics_no={"recording": r"proibi\w*", "fee": r"gratuit[ao]s?|sem cust[oa]s?"},
    ),
    "it": Tongue(
        numbers="un=1 uno=1 una=1 due=2 tre=3 quattro=4 cinque=5 sei=6 otto=8 dieci=10 dodici=12 trenta=30 sessanta=60",
        meeting=r"incontr[io]|riunion[ei]|sedut[ae]|session[ei]|colloqui\w?",
        whole=r"mentoring|accordo|programma|contratto|tutoraggio|percorso|patto|convenzione",
        lasts=r"dura(?:no|ta|rà)?|vale|valid\w+|si estende",
        renewed=r"rinnov\w*|prorog\w*|ulterior[ei]",
        minutes=r"minut[oi]|min\.", hours=r"or[ae]", days=r"giorn[oi]", weeks=r"settiman[ae]", months=r"mes[ei]", years=r"ann[oi]",
        notice=r"di anticipo|prima|in anticipo|di preavviso",
        missed=r"disdi\w*|annull\w*|avvis\w*|impossibil\w*|rinvi\w*|assen\w*|venire",
        ending=r"recede\w*|recesso|terminare|interromp\w*|porre fine|concludere",
        some=r"prim[oai]|ultim[oai]|inizial[ei]|almeno|minimo|massimo|al massimo|circa|fino|tra|fra|o|laborator\w*|gruppo|aggiuntiv\w*",
        iffy=r"se|salvo|tranne|solo|soltanto|a meno|autorizz\w*|consens\w*|quando|purché|accordo tra",
        no=r"non|nessun[oa]?|mai|senza|né",
        often=((r"ogni (?:due|2) settimane|ogni quindici giorni|quindicinal\w*|due volte al mese", 26), (r"ogni settimana|settimanal\w*|una volta (?:alla|a) settimana", 52), (r"ogni mese|mensil\w*|una volta al mese", 12), (r"ogni tre mesi|trimestral\w*", 4)),
        topics={
            "notes": r"\b(?:appunti|note|verbal[ei])\b[^.]{0,40}\b(?:pres[ei]|conservat\w*|tenut\w*|redatt\w*)\b|\b(?:prende|prenderà|tiene|conserva)\b[^.]{0,25}\b(?:appunti|note|verbal[ei])\b",
            "recording": r"\b(?:incontri|riunioni|sedute|colloqui)\b[^.]{0,40}\bregistrat[ei]\b|\b(?:registrare|registrazion[ei])\b[^.]{0,40}\b(?:permess\w*|consentit\w*|vietat\w*|incontri|riunioni)\b",
            "missed": r"\b(?:pers[oi]|mancat[oi]|annullat[oi])\b[^.]{0,50}\b(?:recuperat[oi]|riprogrammat[oi])\b",
            "references": r"\b(?:scriv\w*|fornisc\w*|dà)\b[^.]{0,30}\b(?:letter[ae] di (?:raccomandazione|referenze)|referenze)\b",
            "reason": r"\b(?:interromp\w*|terminare|recede\w*|porre fine|concludere)\b[^.]{0,60}\b(?:motiv\w*|ragion[ei]|giustific\w*|spiegazion[ei])\b",
            "fee": r"\bgratuit[oaie]\b|\bsenza (?:costi|spese)\b|\bquota di \d|\d ?(?:€|euro) (?:per|a|ad|al)\b",
        },
        topics_no={"recording": r"vietat\w*", "fee": r"gratuit[oaie]|senza (?:costi|spese)"},
    ),
}  # fmt: skip
_ROLE = r"(?:mentor|mentee|tutor|tutel|stud[ei]|étudiant|estudiant|coach|aprendi|apprenti|lehrling|azubi|alumn|alun|allie|leerling)\w*"
_AMOUNT = r"(?:\d+(?:[.,]\d+)?|[^\W\d_]+)"


@lru_cache(maxsize=4000)
def claims_of(text: str) -> Mapping[str, object] | None:
    """What a passage fixes, by the names that `contradicting` has for it; None if it is in no language known here."""
    tongue = _TONGUES.get(_language_of(text))
    if tongue is None:
        return None
    found: dict[str, object] = {}
    for sentence in re.split(r"(?<=[.!?;])\s+", text):
        found |= _lengths(tongue, sentence) | _often(tongue, sentence) | _yes_or_no(tongue, sentence)
    return found


def _language_of(text: str) -> str:
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(word in small for word in words) for language, small in _SMALL_WORDS.items()}
    first, second = sorted(counts, key=lambda language: -counts[language])[:2]
    return first if counts[first] > counts[second] else ""


def _has(pattern: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)


def _amounts(tongue: Tongue, unit: str, sentence: str) -> list[tuple[float, int, int]]:
    """Every number of a unit in a sentence, with where it stands."""
    known = dict(pair.split("=") for pair in tongue.numbers.split())
    found = []
    for there in re.finditer(rf"(?<!\w)({_AMOUNT}) (?:{unit})(?!\w)", sentence, re.IGNORECASE):
        said = known.get(there[1].lower(), there[1].replace(",", "."))
        if re.fullmatch(r"\d+(?:\.\d+)?", said):
            found.append((float(said), there.start(), there.end()))
    return found


def _lengths(tongue: Tongue, sentence: str) -> dict[str, object]:
    """How long a meeting or the whole lasts, or how long before someone says that they cannot come."""
    if _has(tongue.notice, sentence):
        return _notice(tongue, sentence)
    found: dict[str, object] = {}
    meets, lasts = _has(tongue.meeting, sentence), _has(tongue.lasts, sentence)
    if _has(tongue.some, sentence):
        return found
    if meets:
        for unit, times in ((tongue.minutes, 1), (tongue.hours, 60)):
            for count, _start, _end in _amounts(tongue, unit, sentence) if lasts else ():
                found["session_minutes"] = round(count * times)
    elif _has(tongue.whole, sentence):
        for unit, times in ((tongue.months, 1), (tongue.years, 12)):
            for count, start, _end in _amounts(tongue, unit, sentence):
                again = _has(tongue.renewed, sentence[:start])
                if again or lasts:
                    found["renewal_months" if again else "duration_months"] = round(count * times)
    return found


def _notice(tongue: Tongue, sentence: str) -> dict[str, object]:
    name = "ending_notice_days" if _has(tongue.ending, sentence) else "notice_days"
    if name == "notice_days" and not _has(tongue.missed, sentence):
        return {}
    found: dict[str, object] = {}
    for unit, share in ((tongue.hours, 1 / 24), (tongue.days, 1), (tongue.weeks, 7)):
        for count, start, end in _amounts(tongue, unit, sentence):
            if _has(tongue.notice, sentence[max(0, start - 25) : end + 25]):
                found[name] = round(count * share, 2) if count * share % 1 else round(count * share)
    return found


def _often(tongue: Tongue, sentence: str) -> dict[str, object]:
    if not _has(tongue.meeting, sentence) or _has(tongue.some, sentence):
        return {}
    count = next((count for words, count in tongue.often if _has(words, sentence)), None)
    return {"frequency": count} if count else {}


def _yes_or_no(tongue: Tongue, sentence: str) -> dict[str, object]:
    if _has(tongue.iffy, sentence) or re.search(r"(?<=\S) / (?=\S)|\w/\w|_", sentence):
        return {}
    found: dict[str, object] = {}
    about_us = _has(f"{tongue.whole}|{tongue.meeting}", sentence)
    for topic, says in tongue.topics.items():
        if re.search(says, sentence, re.IGNORECASE) and (about_us or topic != "fee"):
            itself = topic in tongue.topics_no and _has(tongue.topics_no[topic], sentence)
            who = _has(_ROLE, sentence) if topic in ("notes", "references") else None
            found[f"{topic} {who[0].lower()}" if who else topic] = not (itself or _has(tongue.no, sentence))
    return found
