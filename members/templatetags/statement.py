from django import template

from members.forms.statement import column_name

register = template.Library()


@register.filter
def column_letters(place: int) -> str:
    """0 becomes "A", as sheets name their columns."""
    return column_name(place, ())
