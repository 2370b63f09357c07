"""Count what each mentor has taken on, in the database, so that nothing that changes it can forget to.

Running pairs and open introductions are counted by what each statement changed, not anew: two changes at
once add up. Whoever becomes a mentor begins with the pairs that run.
"""

from django.db import migrations, models
from django.db.models import F, Q

COUNT = """
CREATE FUNCTION ampersand_room_{table}_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ampersand_member AS member SET taken = greatest(0, member.taken + change.by) FROM (
        SELECT {key}, sum(by) AS by FROM ({changes}) AS each GROUP BY {key} HAVING sum(by) <> 0
    ) AS change WHERE {which};
    RETURN NULL;
END $$;
CREATE TRIGGER room_counted_{event} AFTER {event} ON ampersand_{table} REFERENCING {sides}
    FOR EACH STATEMENT EXECUTE FUNCTION ampersand_room_{table}_{event}();
"""
CAME = "SELECT {key}, 1 AS by FROM after WHERE {counts}"
WENT = "SELECT {key}, -1 AS by FROM before WHERE {counts}"
EVENTS = {
    "insert": (CAME, "NEW TABLE AS after"),
    "delete": (WENT, "OLD TABLE AS before"),
    "update": (f"{CAME} UNION ALL {WENT}", "OLD TABLE AS before NEW TABLE AS after"),
}
TABLES = {
    "pair": {
        "key": "scheme_id, mentor_id",
        "counts": "state <> 'ended'",
        "which": "member.scheme_id = change.scheme_id AND member.person_id = change.mentor_id "
        "AND member.role = 'mentor'",
    },
    "introduction": {
        "key": "mentor_id",
        "counts": "state = 'offered'",
        "which": "member.id = change.mentor_id",
    },
}
NEW_MENTOR = """
CREATE FUNCTION ampersand_room_of_new_mentor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.taken := (SELECT count(*) FROM ampersand_pair
        WHERE scheme_id = NEW.scheme_id AND mentor_id = NEW.person_id AND state <> 'ended');
    RETURN NEW;
END $$;
CREATE TRIGGER room_counted BEFORE INSERT ON ampersand_member
    FOR EACH ROW WHEN (NEW.role = 'mentor') EXECUTE FUNCTION ampersand_room_of_new_mentor();
"""
RECOUNT = """
CREATE FUNCTION ampersand_recount_room() RETURNS void LANGUAGE sql AS $$
    UPDATE ampersand_member AS member SET taken = (
        SELECT count(*) FROM ampersand_pair AS pair WHERE pair.scheme_id = member.scheme_id
            AND pair.mentor_id = member.person_id AND pair.state <> 'ended'
    ) + (
        SELECT count(*) FROM ampersand_introduction AS offer WHERE offer.mentor_id = member.id
            AND offer.state = 'offered'
    ) WHERE role = 'mentor'
$$;
"""
ERASED_HAVE_LEFT = """
UPDATE ampersand_member AS member SET left_at = person.erased_at FROM ampersand_person AS person
    WHERE person.id = member.person_id AND person.erased_at IS NOT NULL AND member.left_at IS NULL;
"""


def counting() -> str:
    made = [
        COUNT.format(table=table, event=event, sides=sides, changes=changes.format(**words), **words)
        for table, words in TABLES.items()
        for event, (changes, sides) in EVENTS.items()
    ]
    return "".join([*made, NEW_MENTOR, RECOUNT])


def no_more_counting() -> str:
    gone = [
        f"DROP TRIGGER room_counted_{event} ON ampersand_{table}; DROP FUNCTION ampersand_room_{table}_{event}();"
        for table in TABLES
        for event in EVENTS
    ]
    own = "DROP TRIGGER room_counted ON ampersand_member; DROP FUNCTION ampersand_room_of_new_mentor();"
    return "".join([*gone, own, "DROP FUNCTION ampersand_recount_room();"])


class Migration(migrations.Migration):
    dependencies = [("ampersand", "0009_agreements_brought")]

    operations = [
        migrations.AddField("member", "taken", models.PositiveIntegerField(default=0, editable=False)),
        migrations.AddIndex(
            "member",
            models.Index(
                condition=Q(role="mentor", left_at=None, capacity__gt=F("taken")),
                fields=["scheme", "joined_at"],
                name="mentors_with_room",
            ),
        ),
        migrations.RunSQL(counting(), no_more_counting()),
        migrations.RunSQL("SELECT ampersand_recount_room()", migrations.RunSQL.noop),
        migrations.RunSQL(ERASED_HAVE_LEFT, migrations.RunSQL.noop),
    ]
