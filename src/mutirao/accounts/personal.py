"""What accounts keep about a person, and for how long."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from mutirao.core.personal import Holding, Period, declare, keep_for

from .models import Consent, Device, User

declare(
    # The account itself stays as a number without a name: what it did refers to it.
    Holding(
        User,
        "pk",
        _("Your account"),
        "keep",
        ("name", "email", "language", "time_zone", "joined_at", "last_login"),
        rows=lambda person: User.objects.filter(pk=person.pk),
    ),
    Holding(EmailAddress, "user", _("Your e-mail addresses"), "delete", ("email", "verified")),
    Holding(
        Authenticator,
        "user",
        _("Your second factors"),
        "delete",
        ("type", "created_at", "last_used_at"),
    ),
    Holding(
        SocialAccount,
        "user",
        _("Other services you sign in with"),
        "delete",
        ("provider", "uid", "date_joined", "last_login"),
    ),
    Holding(
        UserSession,
        "user",
        _("Where you are signed in"),
        "delete",
        ("user_agent", "ip", "created_at", "last_seen_at"),
    ),
    Holding(
        Device,
        "person",
        _("Browsers in which you signed in"),
        "delete",
        ("browser", "first_seen_at", "last_seen_at"),
    ),
    Holding(Consent, "person", _("Texts you agreed to"), "delete", ("text", "given_at")),
)
keep_for(
    Period("KEEP_SESSIONS_DAYS", _("Where you were signed in, with the IP address")),
    Period("KEEP_DEVICES_DAYS", _("Browsers known again at sign-in")),
    Period("KEEP_UNCONFIRMED_DAYS", _("Accounts whose e-mail was never confirmed")),
)
