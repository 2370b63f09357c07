"""What is published, signed or sealed stays as it is, whoever writes to the database.

Only the room that keeps data for its time and then removes it may delete such rows, and it says so first:
SET LOCAL ampersand.keeping = 'over'.
"""

from django.db import migrations

FROZEN = """
CREATE FUNCTION ampersand_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('ampersand.keeping', true) = 'over' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '% stands for good: it can be neither changed nor removed', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER published_wording_stands BEFORE UPDATE OR DELETE ON ampersand_template
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION ampersand_refuse();

CREATE TRIGGER sealed_copies_stand BEFORE UPDATE OR DELETE ON ampersand_copy
    FOR EACH ROW EXECUTE FUNCTION ampersand_refuse();

CREATE TRIGGER signatures_only_lapse BEFORE UPDATE ON ampersand_signature
    FOR EACH ROW WHEN (
        OLD.lapsed_at IS NOT NULL OR NEW.lapsed_at IS NULL OR
        (OLD.id, OLD.agreement_id, OLD.person_id, OLD.party, OLD.occasion, OLD.fingerprint, OLD.way, OLD.name,
         OLD.strokes, OLD.signed_at) IS DISTINCT FROM
        (NEW.id, NEW.agreement_id, NEW.person_id, NEW.party, NEW.occasion, NEW.fingerprint, NEW.way, NEW.name,
         NEW.strokes, NEW.signed_at)
    ) EXECUTE FUNCTION ampersand_refuse();
CREATE TRIGGER signatures_stay BEFORE DELETE ON ampersand_signature
    FOR EACH ROW WHEN (OLD.lapsed_at IS NULL) EXECUTE FUNCTION ampersand_refuse();

CREATE TRIGGER signed_agreements_keep_their_text BEFORE UPDATE ON ampersand_agreement
    FOR EACH ROW WHEN (OLD.fingerprint <> '' AND (
        OLD.fingerprint <> NEW.fingerprint OR OLD.pair_id <> NEW.pair_id OR
        OLD.template_id <> NEW.template_id OR OLD.scheme_values IS DISTINCT FROM NEW.scheme_values
    )) EXECUTE FUNCTION ampersand_refuse();
CREATE TRIGGER signed_agreements_stay BEFORE DELETE ON ampersand_agreement
    FOR EACH ROW WHEN (OLD.fingerprint <> '') EXECUTE FUNCTION ampersand_refuse();

CREATE FUNCTION ampersand_refuse_once_signed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    signed_text text;
BEGIN
    SELECT fingerprint INTO signed_text FROM ampersand_agreement
        WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.agreement_id ELSE NEW.agreement_id END;
    IF signed_text <> '' AND NOT (
        TG_OP = 'DELETE' AND current_setting('ampersand.keeping', true) = 'over'
    ) THEN
        RAISE EXCEPTION 'both have signed: what stands in the blanks cannot change'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER signed_blanks_stand BEFORE INSERT OR UPDATE OR DELETE ON ampersand_filling
    FOR EACH ROW EXECUTE FUNCTION ampersand_refuse_once_signed();

CREATE FUNCTION ampersand_both_or_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT party) FROM ampersand_signature
        WHERE agreement_id = NEW.agreement_id AND lapsed_at IS NULL AND occasion = 'issue'
            AND fingerprint = NEW.fingerprint) < 2 THEN
        RAISE EXCEPTION 'a copy needs both signatures on one text' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER both_or_nothing BEFORE INSERT ON ampersand_copy
    FOR EACH ROW EXECUTE FUNCTION ampersand_both_or_nothing();
"""

THAWED = """
DROP TRIGGER both_or_nothing ON ampersand_copy;
DROP TRIGGER signed_blanks_stand ON ampersand_filling;
DROP TRIGGER signed_agreements_stay ON ampersand_agreement;
DROP TRIGGER signed_agreements_keep_their_text ON ampersand_agreement;
DROP TRIGGER signatures_stay ON ampersand_signature;
DROP TRIGGER signatures_only_lapse ON ampersand_signature;
DROP TRIGGER sealed_copies_stand ON ampersand_copy;
DROP TRIGGER published_wording_stands ON ampersand_template;
DROP FUNCTION ampersand_both_or_nothing();
DROP FUNCTION ampersand_refuse_once_signed();
DROP FUNCTION ampersand_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ampersand", "0003_record_stays")]

    operations = [migrations.RunSQL(FROZEN, THAWED)]
