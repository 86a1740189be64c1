from events.admin import booth, event, registration, series

__all__ = ["booth", "event", "registration", "series"]
