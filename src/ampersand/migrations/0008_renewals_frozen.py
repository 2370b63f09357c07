"""A renewal that both signed stands as it is, with its signatures and its copy; one that did not may go."""

from django.db import migrations

FROZEN = """
CREATE FUNCTION ampersand_refuse_once_renewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND (
        current_setting('ampersand.keeping', true) = 'over'
        OR NOT EXISTS (SELECT 1 FROM ampersand_renewal WHERE id = OLD.renewal_id AND state = 'renewed')
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a signature at renewal stands for good: it can be neither changed nor removed'
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER renewal_signatures_stand BEFORE UPDATE OR DELETE ON ampersand_renewalsignature
    FOR EACH ROW EXECUTE FUNCTION ampersand_refuse_once_renewed();

CREATE TRIGGER renewals_stand BEFORE UPDATE OR DELETE ON ampersand_renewal
    FOR EACH ROW WHEN (OLD.state = 'renewed') EXECUTE FUNCTION ampersand_refuse();

CREATE TRIGGER renewal_copies_stand BEFORE UPDATE OR DELETE ON ampersand_renewalcopy
    FOR EACH ROW EXECUTE FUNCTION ampersand_refuse();

CREATE FUNCTION ampersand_both_renew_or_neither() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'renewed' AND (SELECT count(DISTINCT party) FROM ampersand_renewalsignature
        WHERE renewal_id = NEW.id AND fingerprint = NEW.fingerprint) < 2 THEN
        RAISE EXCEPTION 'a renewal needs both signatures on one text' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER both_renew_or_neither BEFORE INSERT OR UPDATE ON ampersand_renewal
    FOR EACH ROW EXECUTE FUNCTION ampersand_both_renew_or_neither();

CREATE FUNCTION ampersand_copy_of_a_renewal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM ampersand_renewal
        WHERE id = NEW.renewal_id AND state = 'renewed' AND fingerprint = NEW.fingerprint) THEN
        RAISE EXCEPTION 'a copy needs a renewal that both signed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER copy_of_a_renewal BEFORE INSERT ON ampersand_renewalcopy
    FOR EACH ROW EXECUTE FUNCTION ampersand_copy_of_a_renewal();
"""

THAWED = """
DROP TRIGGER copy_of_a_renewal ON ampersand_renewalcopy;
DROP TRIGGER both_renew_or_neither ON ampersand_renewal;
DROP TRIGGER renewal_copies_stand ON ampersand_renewalcopy;
DROP TRIGGER renewals_stand ON ampersand_renewal;
DROP TRIGGER renewal_signatures_stand ON ampersand_renewalsignature;
DROP FUNCTION ampersand_copy_of_a_renewal();
DROP FUNCTION ampersand_both_renew_or_neither();
DROP FUNCTION ampersand_refuse_once_renewed();
"""


class Migration(migrations.Migration):
    dependencies = [("ampersand", "0007_renewals")]

    operations = [migrations.RunSQL(FROZEN, THAWED)]
