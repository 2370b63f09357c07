"""Pages with one planted fault each, to prove that the checks of tests/pages.py can fail."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

HEAD = (
    '<!doctype html><html lang="en"><head><title>Planted</title><link rel="icon" href="/static/mark.svg">'
    "</head><body><main><h1>Planted</h1>"
)

SOUND = "<p>Nothing is wrong here.</p>"
FAULTS = {
    "low-contrast": '<p><font color="#dddddd">Hard to read</font></p>',
    "inline-script": "<script>document.title = 'ran'</script>",
    "inline-style": '<p style="color: red">Red</p>',
    "another-host": '<p><img alt="" src="http://elsewhere.invalid/spy.png"></p>',
    "too-wide": '<table width="2000"><tr><td>As wide as a barn door</td></tr></table>',
    "tiny-button": '<p><a href="/"><img alt="Home" width="10" height="10" src="/static/mark.svg"></a></p>',
    "console-error": '<script src="/static/there-is-no-such-file.js"></script>',
    "no-label": '<p><input type="text" name="name"></p>',
}


def _page(body: str) -> HttpResponse:
    return HttpResponse(f"{HEAD}{body}</main></body></html>")


def sound(request: HttpRequest) -> HttpResponse:
    return _page(SOUND)


def planted(request: HttpRequest, fault: str) -> HttpResponse:
    return _page(FAULTS[fault])


urlpatterns: list[URLPattern] = [path("planted/", sound), path("planted/<slug:fault>/", planted)]
