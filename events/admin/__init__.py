from events.admin import booth, event, proposal, registration, series

__all__ = ["booth", "event", "proposal", "registration", "series"]
