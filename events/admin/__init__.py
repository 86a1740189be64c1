from events.admin import application, booth, event, fees, proposal, registration, sales, series

__all__ = ["application", "booth", "event", "fees", "proposal", "registration", "sales", "series"]
