from events.admin import application, booth, event, proposal, registration, series

__all__ = ["application", "booth", "event", "proposal", "registration", "series"]
