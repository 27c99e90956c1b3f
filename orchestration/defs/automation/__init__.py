"""What starts by itself: jobs, schedules, the sensor for new files."""
