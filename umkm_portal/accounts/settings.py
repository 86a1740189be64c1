"""How people sign up and in: the settings of accounts, most of them allauth's."""

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["umkm_portal.lib.hashers.PortalArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/saya/"

# Our own sign-up form asks for one of e-mail or phone; allauth's check wants "email*" here.
ACCOUNT_ADAPTER = "umkm_portal.accounts.adapter.PortalAccountAdapter"
ACCOUNT_FORMS = {
    name: f"umkm_portal.accounts.forms.{form}"
    for name, form in {
        "login": "LoginForm",
        "signup": "SignupForm",
        "add_email": "AddEmailForm",
        "change_password": "ChangePasswordForm",
        "set_password": "SetPasswordForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "reauthenticate": "ReauthenticateForm",
        "change_phone": "ChangePhoneForm",
        "confirm_email_verification_code": "ConfirmEmailForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PHONE_VERIFICATION_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Generous per address, for neighbours share one; strict per account. Guessing stops before hashing.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "9/15m/key,100/m/ip",
    "signup": "60/m/ip",
    "phone_taken": "5/h/ip",
    "confirm_email": "5/15m/key",
    "reset_password": "20/15m/ip,5/15m/key",
    "change_phone": "5/m/user",
}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "umkm_portal.accounts.mfa.PortalMFAAdapter"
MFA_FORMS = {
    "authenticate": "umkm_portal.accounts.forms.AuthenticateForm",
    "reauthenticate": "umkm_portal.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "umkm_portal.accounts.forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "UMKM Jaksel"
