from events.admin import application, booth, event, proposal, registration, sales, series

__all__ = ["application", "booth", "event", "proposal", "registration", "sales", "series"]
