"""An agreement may take the place of another of the same pair, and only when both have signed it."""

import django.db.models.deletion
from django.db import migrations, models

FOLLOWING = """
DROP TRIGGER signed_agreements_keep_their_text ON ampersand_agreement;
CREATE TRIGGER signed_agreements_keep_their_text BEFORE UPDATE ON ampersand_agreement
    FOR EACH ROW WHEN (OLD.fingerprint <> '' AND (
        OLD.fingerprint <> NEW.fingerprint OR OLD.pair_id <> NEW.pair_id OR
        OLD.template_id <> NEW.template_id OR OLD.scheme_values IS DISTINCT FROM NEW.scheme_values OR
        OLD.reworded <> NEW.reworded OR OLD.predecessor_id IS DISTINCT FROM NEW.predecessor_id
    )) EXECUTE FUNCTION ampersand_refuse();

CREATE FUNCTION ampersand_same_pair() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT pair_id FROM ampersand_agreement WHERE id = NEW.predecessor_id) <> NEW.pair_id THEN
        RAISE EXCEPTION 'an agreement follows one of the same pair' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER follows_one_of_the_same_pair BEFORE INSERT OR UPDATE OF predecessor_id, pair_id
    ON ampersand_agreement FOR EACH ROW WHEN (NEW.predecessor_id IS NOT NULL)
    EXECUTE FUNCTION ampersand_same_pair();

CREATE FUNCTION ampersand_signed_by_both() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(DISTINCT party) FROM ampersand_signature
        WHERE agreement_id = NEW.id AND lapsed_at IS NULL AND fingerprint = NEW.fingerprint) < 2 THEN
        RAISE EXCEPTION 'nothing takes the place of an agreement before both have signed it'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER signed_by_both_before_it_replaces BEFORE UPDATE OF state ON ampersand_agreement
    FOR EACH ROW WHEN (
        NEW.state = 'in_force' AND OLD.state <> 'in_force' AND NEW.predecessor_id IS NOT NULL
            AND NEW.evidence <> 'asking'
    ) EXECUTE FUNCTION ampersand_signed_by_both();
"""

ALONE = """
DROP TRIGGER signed_by_both_before_it_replaces ON ampersand_agreement;
DROP FUNCTION ampersand_signed_by_both();
DROP TRIGGER follows_one_of_the_same_pair ON ampersand_agreement;
DROP FUNCTION ampersand_same_pair();
DROP TRIGGER signed_agreements_keep_their_text ON ampersand_agreement;
CREATE TRIGGER signed_agreements_keep_their_text BEFORE UPDATE ON ampersand_agreement
    FOR EACH ROW WHEN (OLD.fingerprint <> '' AND (
        OLD.fingerprint <> NEW.fingerprint OR OLD.pair_id <> NEW.pair_id OR
        OLD.template_id <> NEW.template_id OR OLD.scheme_values IS DISTINCT FROM NEW.scheme_values
    )) EXECUTE FUNCTION ampersand_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("ampersand", "0005_record_append"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="agreement",
            name="one_agreement_being_agreed_per_pair",
        ),
        migrations.AddField(
            model_name="agreement",
            name="agreed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="agreement",
            name="predecessor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="successors",
                to="ampersand.agreement",
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="proposed_by",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="agreement",
            name="reworded",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="scheme",
            name="pairs_may_reword",
            field=models.BooleanField(default=False, verbose_name="pairs may change the words of a clause"),
        ),
        migrations.AlterField(
            model_name="agreement",
            name="state",
            field=models.CharField(
                choices=[
                    ("proposed", "proposed"),
                    ("filling", "being agreed"),
                    ("sealing", "signed by both, being sealed"),
                    ("in_force", "in force"),
                    ("superseded", "superseded"),
                    ("ended", "ended"),
                    ("dropped", "not made: it stayed as it was"),
                ],
                default="filling",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["proposed", "filling", "sealing"])),
                fields=("pair",),
                name="one_agreement_being_agreed_per_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                condition=models.Q(("in_force_at__isnull", False)),
                fields=("predecessor",),
                name="an_agreement_is_replaced_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["proposed", "dropped"]), _negated=True),
                    models.Q(("predecessor__isnull", False), ("proposed_by__in", ["mentor", "mentee"])),
                    _connector="OR",
                ),
                name="a_change_is_proposed_by_someone",
            ),
        ),
        migrations.RunSQL(FOLLOWING, ALONE),
    ]
