from django_tasks import task


@task()
def mail_notice(notice_id: int) -> bool:
    """Hand one notice to the mail server; what fails is queued again by the minute tick."""
    from umkm_portal.notices.actions import deliver  # noqa: PLC0415  actions enqueue this task

    return deliver(notice_id)
