"""Signing in with an e-mail address and the code that goes there; signing out."""

from __future__ import annotations

from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Final

from allauth.account.internal.stagekit import clear_login
from django import forms
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from directory.engagement import sign_in as codes
from directory.engagement import sign_in_limits
from directory.engagement.letters import on_the_envelope
from directory.engagement.limits import in_words
from directory.engagement.readers import is_at_the_desk, reader_of
from directory.views.readers_only import way_on

form_page = require_http_methods(["GET", "HEAD", "POST"])

TOO_OFTEN: Final = "Too many codes were asked for. Try again in {wait}; the last one may still work."
NO_MORE: Final = "Too many codes were sent for one sign-in. Use the newest one, or begin again with your address."
TOO_FAST: Final = "Too many codes were typed from this network. Wait a minute and try again."
NOT_TAKEN: Final = (
    "The mail could not be sent just now: our mail server does not answer. Nothing is lost; try again in a few minutes."
)
REFUSED: Final = "The mail server of this address does not take our mail. Is the address right?"
USED_UP: Final = "That was the third wrong code, so it no longer works. Ask for a new one."
OVER: Final = "The code’s quarter of an hour is over. Ask for a new one."
NO_WAY_IN: Final = "This address can’t sign in here. Staff sign in at the staff desk."
LONGEST: Final = 254


class AddressForm(forms.Form):
    """The one field of the sign-in page."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=LONGEST,
        error_messages={
            "required": "Type your e-mail address.",
            "invalid": "That is no e-mail address: it has the form name@example.org.",
            "max_length": "No e-mail address is longer than 254 characters.",
        },
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        field = self.fields["email"]
        try:
            sent_as = on_the_envelope(email.lower())
        except ValueError:
            raise forms.ValidationError(field.error_messages["invalid"], code="invalid") from None
        if len(sent_as) > LONGEST:  # a name of other letters is longer there than it looks
            raise forms.ValidationError(field.error_messages["max_length"], code="max_length")
        return email


@never_cache
@form_page
def sign_in(request: HttpRequest) -> HttpResponse:
    """Asks for an address and sends a code there, whether or not it is known."""
    if is_at_the_desk(request):
        return render(request, "directory/account/at_the_desk.html", status=403)
    if reader_of(request) is not None:
        return redirect(way_on(request))
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        problem = _send(request, email)
        if not problem:
            return redirect(_to_code(request))
        form.add_error("email", problem)
    return _asking(request, form)


@never_cache
@form_page
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    """Asks for the code; the right one signs in, the third wrong one ends it."""
    if reader_of(request) is not None:
        return redirect(way_on(request))
    waiting = codes.pending(request)
    if waiting is None:
        return _asking(request, AddressForm(), OVER) if request.method == "POST" else redirect("account_login")
    email = waiting.state["email"]
    told: dict[str, object] = {"email": email, "next": way_on(request), "may_resend": waiting.can_resend}
    if request.method != "POST":
        return render(request, "directory/account/code.html", {**told, "again": "again" in request.GET})
    if request.POST.get("action") == "again":
        return _again(request, waiting, told)
    typed = request.POST.get("code", "").strip()
    told["typed"] = typed
    if not typed:
        return render(request, "directory/account/code.html", {**told, "errors": ["Type the code from the mail."]})
    if sign_in_limits.types_too_fast(request):
        return render(request, "directory/account/code.html", {**told, "errors": [TOO_FAST]}, status=429)
    if sign_in_limits.is_used_up(request, waiting.code):
        return _asking(request, AddressForm(initial={"email": email}), USED_UP)
    if waiting.fits(typed):
        done = waiting.finish(way_on(request))
        return done if done is not None else _asking(request, AddressForm(initial={"email": email}), NO_WAY_IN)
    if not waiting.record_invalid_attempt():
        return _asking(request, AddressForm(initial={"email": email}), USED_UP)
    left = f"{waiting.tries_left} {'try is' if waiting.tries_left == 1 else 'tries are'} left"
    errors = [f"That is not the code of the newest mail. {left}."]
    return render(request, "directory/account/code.html", {**told, "errors": errors})


@never_cache
@form_page
def sign_out(request: HttpRequest) -> HttpResponse:
    """Asks on GET, signs out on POST; staff leave by their own door."""
    if reader_of(request) is None:
        return redirect("account_login")
    if request.method == "POST":
        logout(request)
        return redirect("home")
    return render(request, "directory/account/sign_out.html")


def _again(request: HttpRequest, waiting: codes.ReaderCode, told: dict[str, object]) -> HttpResponse:
    """Another code to the same address, at most twice; the earlier ones no longer work."""
    problem = ""
    if not waiting.can_resend:
        problem = NO_MORE
    else:
        problem = _handed(request, str(told["email"]), waiting.resend)
    if not problem:
        return redirect(f"{_to_code(request)}&again=1")
    return render(request, "directory/account/code.html", {**told, "errors": [problem]})


def _send(request: HttpRequest, email: str) -> str:
    return _handed(request, email, lambda: codes.begin(request=request, email=email))


def _handed(request: HttpRequest, email: str, send: codes.Sending) -> str:
    """Why no code was sent, in words for the reader; "" when it was."""
    if wait := sign_in_limits.seconds_until_next_code(request, email.lower()):
        return TOO_OFTEN.format(wait=in_words(wait))
    try:
        send()
    except SMTPRecipientsRefused:
        return REFUSED
    except (SMTPException, OSError) as error:
        codes.note_failure(error)
        return NOT_TAKEN
    return ""


def _asking(request: HttpRequest, form: AddressForm, problem: str = "") -> HttpResponse:
    if problem:
        clear_login(request)
    context = {"form": form, "next": way_on(request), "problem": problem}
    return render(request, "directory/account/sign_in.html", context)


def _to_code(request: HttpRequest) -> str:
    return f"{reverse('account_confirm_login_code')}?{urlencode({'next': way_on(request)})}"
