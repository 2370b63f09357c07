"""The table of Django's cache: authenticator codes already used, and how often codes were tried."""

from django.db import migrations

MAKE = """
CREATE TABLE ampersand_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX ampersand_cache_expires ON ampersand_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("ampersand", "0001_initial")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE ampersand_cache")]
