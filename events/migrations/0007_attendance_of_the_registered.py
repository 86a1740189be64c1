"""Foreign keys over several columns, which Django does not write.

Nobody is present who has no seat, nobody on a day of another event, and the seat of somebody who
is there cannot be cancelled.
"""

from django.db import migrations

FORWARD = """
ALTER TABLE events_registration
  ADD CONSTRAINT registration_with_event_and_status UNIQUE (id, event_id, status);
ALTER TABLE events_eventday ADD CONSTRAINT event_day_with_event UNIQUE (id, event_id);
ALTER TABLE events_attendance
  ADD CONSTRAINT present_only_when_registered FOREIGN KEY (registration_id, event_id, status)
    REFERENCES events_registration (id, event_id, status),
  ADD CONSTRAINT present_on_a_day_of_the_event FOREIGN KEY (day_id, event_id)
    REFERENCES events_eventday (id, event_id);
"""
BACK = """
ALTER TABLE events_attendance
  DROP CONSTRAINT present_on_a_day_of_the_event,
  DROP CONSTRAINT present_only_when_registered;
ALTER TABLE events_eventday DROP CONSTRAINT event_day_with_event;
ALTER TABLE events_registration DROP CONSTRAINT registration_with_event_and_status;
"""


class Migration(migrations.Migration):
    dependencies = [("events", "0006_trainings")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
