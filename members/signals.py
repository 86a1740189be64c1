"""The one signal of our own: members may not know who else keeps data about a business."""

from django.dispatch import Signal

business_erased = Signal()
"""Sent inside the erasing transaction, once per business, with `business`, `by` and `via`.

Receivers in higher apps delete or unname what they keep about it. UU 27/2022 art. 43.
"""
