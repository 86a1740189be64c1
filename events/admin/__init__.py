from events.admin import booth, event, registration

__all__ = ["booth", "event", "registration"]
