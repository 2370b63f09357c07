"""Who mentors whom, from when, until when."""
