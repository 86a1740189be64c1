from django.http import HttpRequest

from members.models import User


def signed_in(request: HttpRequest) -> User:
    """The person behind the request, where the sign-in middleware let nobody else through."""
    assert isinstance(request.user, User)  # noqa: S101  for the type checker
    return request.user
