"""Addresses of agreements and of checking a copy."""

from django.urls import path

from ampersand.agreements.views import (
    amending,
    bringing,
    by_hand,
    checking,
    copies,
    filling,
    proposing,
    renewing,
    setting_aside,
    signing,
)

app_name = "agreements"
urlpatterns = [
    path("check/", checking.check_copy, name="check_copy"),
    path("s/<slug:slug>/organise/agreement/bring/", bringing.bring, name="bring"),
    path("s/<slug:slug>/organise/agreement/found/", bringing.found, name="found"),
    path("s/<slug:slug>/organise/agreement/found/correct/", bringing.correct, name="correct"),
    path("s/<slug:slug>/organise/agreement/found/undo/", bringing.undo, name="undo_correction"),
    path("s/<slug:slug>/organise/agreement/found/redo/", bringing.redo, name="redo_correction"),
    path("s/<slug:slug>/organise/agreement/found/terms/", bringing.terms, name="terms"),
    path(
        "s/<slug:slug>/organise/agreement/throw-away/",
        setting_aside.throw_draft_away,
        name="throw_draft_away",
    ),
    path(
        "s/<slug:slug>/organise/agreement/aside/<int:aside>/take-up/",
        setting_aside.take_draft_up,
        name="take_draft_up",
    ),
    path("agreements/<int:pk>/", filling.agreement, name="agreement"),
    path("agreements/<int:pk>/changes/", filling.changes, name="changes"),
    path("agreements/<int:pk>/blanks/<slug:field>/", filling.blank, name="blank"),
    path("agreements/<int:pk>/blanks/<slug:field>/close/", filling.close_blank, name="close_blank"),
    path("agreements/<int:pk>/blanks/<slug:field>/agree/", filling.agree, name="agree"),
    path("agreements/<int:pk>/blanks/<slug:field>/take-back/", filling.take_back, name="take_back"),
    path("agreements/<int:pk>/sign/", signing.sign, name="sign"),
    path("agreements/<int:pk>/by-hand/", by_hand.by_hand, name="by_hand"),
    path("agreements/<int:pk>/by-hand/paper.pdf", by_hand.paper, name="paper"),
    path("agreements/<int:pk>/by-hand/scans/<int:scan>/", by_hand.scan, name="scan"),
    path("agreements/<int:pk>/by-hand/scans/<int:scan>/answer/", by_hand.answer_scan, name="answer_scan"),
    path("agreements/<int:pk>/by-hand/on-screen/", by_hand.on_screen, name="on_screen"),
    path("agreements/<int:pk>/change/", amending.change, name="change"),
    path("agreements/<int:pk>/newer/", proposing.newer, name="newer"),
    path("agreements/<int:pk>/newer/move/", amending.move, name="move"),
    path("agreements/<int:pk>/comparison/", proposing.comparison, name="comparison"),
    path("agreements/<int:pk>/proposal/otherwise/", amending.otherwise, name="otherwise"),
    path("agreements/<int:pk>/proposal/agree/", amending.agree_to_proposal, name="agree_to_proposal"),
    path("agreements/<int:pk>/proposal/leave/", amending.leave, name="leave_as_it_was"),
    path("pairs/<int:pk>/versions/", proposing.versions, name="versions"),
    path("agreements/<int:pk>/copy.pdf", copies.copy, name="copy"),
    path("pairs/<int:pk>/carry-on/sign/", renewing.sign_renewal, name="sign_renewal"),
    path("renewals/<int:pk>/copy.pdf", copies.renewal_copy, name="renewal_copy"),
]
