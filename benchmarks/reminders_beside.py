"""One scheduler of APScheduler over a store that others may use too: `python -m benchmarks.reminders_beside URL`."""

import sys
import time

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler


def main() -> None:
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(sys.argv[1])},
        job_defaults={"misfire_grace_time": None},
        timezone="UTC",
    )
    scheduler.start()
    time.sleep(24 * 3600)


if __name__ == "__main__":
    main()
