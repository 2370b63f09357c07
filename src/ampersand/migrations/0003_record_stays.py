"""Let nothing but an erasure change the record, whoever asks the database for it.

Emptying whole tables stays possible, so that a test can clean up after itself; the tree would show it.
"""

from django.db import migrations

REFUSE = r"""
CREATE FUNCTION record_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.number = OLD.number AND NEW.leaf = OLD.leaf AND NEW.subtree = OLD.subtree
        AND NEW.content IS NULL AND NEW.salt IS NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The record is only added to: entry % can be erased, not changed or removed.', OLD.number
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION record_head_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.id = OLD.id AND NEW.size > OLD.size THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'The head of the record only grows.' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION record_checkpoint_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A checkpoint of the record is never changed.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE ON ampersand_entry
    FOR EACH ROW EXECUTE FUNCTION record_entry_stays();
CREATE TRIGGER head_grows BEFORE UPDATE OR DELETE ON ampersand_head
    FOR EACH ROW EXECUTE FUNCTION record_head_grows();
CREATE TRIGGER checkpoint_stays BEFORE UPDATE OR DELETE ON ampersand_checkpoint
    FOR EACH ROW EXECUTE FUNCTION record_checkpoint_stays();
"""

ALLOW = """
DROP TRIGGER entry_stays ON ampersand_entry;
DROP TRIGGER head_grows ON ampersand_head;
DROP TRIGGER checkpoint_stays ON ampersand_checkpoint;
DROP FUNCTION record_entry_stays();
DROP FUNCTION record_head_grows();
DROP FUNCTION record_checkpoint_stays();
"""


class Migration(migrations.Migration):
    dependencies = (("ampersand", "0002_people_counts"),)
    operations = (migrations.RunSQL(REFUSE, ALLOW),)
