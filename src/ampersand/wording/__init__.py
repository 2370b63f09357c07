"""The language of agreements: parse, write, fill, compare, render and typeset. Plain Python, usable alone.

    template = parse(text)                                  # or parse(builtin()["contract"].text)
    values = {"notice": read_value(template.field("notice"), "7")}
    left_to_fill(template, values)                          # what is still open
    document = fill(template, values, {"name": "…", "contact": "…"}, partial=True)
    render.html(document); render.text(document); document.fingerprint; as_json(document)
    terms_of(template, values)["meeting-notice-days"]       # what the software goes by
    coverage(template); compare(old, new)
    reword(template, "arranging", "…"); carried_over(old, values, new)

The PDF is made by `ampersand.wording.typesetting.typeset`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ampersand.wording import render
    from ampersand.wording.built_in import Builtin, builtin
    from ampersand.wording.comparing import Change, Run, Swap, compare, compare_settings
    from ampersand.wording.covering import (
        ClauseCoverage,
        Terms,
        TermValue,
        Verdict,
        coverage,
        coverage_table,
        terms_of,
    )
    from ampersand.wording.document import (
        Document,
        FilledClause,
        FilledPart,
        FilledSection,
        SignatureLine,
        Signed,
        SigningPlace,
    )
    from ampersand.wording.filling import Unfilled, Values, applies, carried_over, fields, fill, left_to_fill
    from ampersand.wording.grammar import parse
    from ampersand.wording.keeping import as_json, from_json
    from ampersand.wording.problems import Problem, WordingErrors
    from ampersand.wording.rewording import WrongWords, reword, rewordable
    from ampersand.wording.scopes import Scope
    from ampersand.wording.template import (
        SCHEME_KEYS,
        TOGETHER,
        Choice,
        Clause,
        Condition,
        Declaration,
        Entered,
        Field,
        Gap,
        Kind,
        Mark,
        Occasion,
        Option,
        Part,
        Party,
        SchemeValue,
        Section,
        Stated,
        Template,
        Words,
    )
    from ampersand.wording.times import Duration, Frequency, Times, Window
    from ampersand.wording.values import Value, WrongValue, read_value, show_value, store_value
    from ampersand.wording.writing import words_of, write

__all__ = [
    "SCHEME_KEYS",
    "TOGETHER",
    "Builtin",
    "Change",
    "Choice",
    "Clause",
    "ClauseCoverage",
    "Condition",
    "Declaration",
    "Document",
    "Duration",
    "Entered",
    "Field",
    "FilledClause",
    "FilledPart",
    "FilledSection",
    "Frequency",
    "Gap",
    "Kind",
    "Mark",
    "Occasion",
    "Option",
    "Part",
    "Party",
    "Problem",
    "Run",
    "SchemeValue",
    "Scope",
    "Section",
    "SignatureLine",
    "Signed",
    "SigningPlace",
    "Stated",
    "Swap",
    "Template",
    "TermValue",
    "Terms",
    "Times",
    "Unfilled",
    "Value",
    "Values",
    "Verdict",
    "Window",
    "WordingErrors",
    "Words",
    "WrongValue",
    "WrongWords",
    "applies",
    "as_json",
    "builtin",
    "carried_over",
    "compare",
    "compare_settings",
    "coverage",
    "coverage_table",
    "fields",
    "fill",
    "from_json",
    "left_to_fill",
    "parse",
    "read_value",
    "render",
    "reword",
    "rewordable",
    "show_value",
    "store_value",
    "terms_of",
    "words_of",
    "write",
]


_HOMES = {
    "built_in": ("Builtin", "builtin"),
    "comparing": ("Change", "Run", "Swap", "compare", "compare_settings"),
    "covering": ("ClauseCoverage", "Terms", "TermValue", "Verdict", "coverage", "coverage_table", "terms_of"),
    "document": (
        "Document",
        "FilledClause",
        "FilledPart",
        "FilledSection",
        "SignatureLine",
        "Signed",
        "SigningPlace",
    ),
    "filling": ("Unfilled", "Values", "applies", "carried_over", "fields", "fill", "left_to_fill"),
    "grammar": ("parse",),
    "keeping": ("as_json", "from_json"),
    "problems": ("Problem", "WordingErrors"),
    "rewording": ("WrongWords", "reword", "rewordable"),
    "scopes": ("Scope",),
    "template": (
        "SCHEME_KEYS",
        "TOGETHER",
        "Choice",
        "Clause",
        "Condition",
        "Declaration",
        "Entered",
        "Field",
        "Gap",
        "Kind",
        "Mark",
        "Occasion",
        "Option",
        "Part",
        "Party",
        "SchemeValue",
        "Section",
        "Stated",
        "Template",
        "Words",
    ),
    "times": ("Duration", "Frequency", "Times", "Window"),
    "values": ("Value", "WrongValue", "read_value", "show_value", "store_value"),
    "writing": ("words_of", "write"),
}
"""In which module each name lives. It is opened when the name is first asked for: reading an agreement needs
few of them, and happens in a process of its own each time."""


def __getattr__(name: str) -> object:
    if name == "render":
        return import_module(f"{__name__}.render")
    home = next((home for home, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return found
