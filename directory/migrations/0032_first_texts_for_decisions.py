from django.db import migrations

#: Kind, title, text. Staff change and delete them; a later version of the product leaves them alone.
TEXTS = (
    (
        "review",
        "Names a person",
        "Please take out the name, and what tells who is meant. The rest can stay as it is.",
    ),
    (
        "review",
        "Number or address",
        "Please take out the number or address. Readers find ways to reach the school beside the program.",
    ),
    (
        "review",
        "Says too little",
        ("Please say what you saw yourself: a course, a promise that was kept or was not, help before the exam. Two "
        "sentences are enough."),
    ),
    (
        "review",
        "About another program",
        ("It seems to be about another program of the school. Please write it on the page of that program; we read it "
        "there."),
    ),
    (
        "reply",
        "Says who wrote the review",
        ("Please answer without saying or guessing who wrote the review. What readers want to know is what the school "
        "does about it."),
    ),
    (
        "reply",
        "Advertises",
        "Please leave out offers, prices and links. An answer to what the review says can be shown.",
    ),
    (
        "report",
        "Corrected from the school’s page",
        "We opened the school’s page and changed the fact. Beside it stand the page and the day on which we read it.",
    ),
    (
        "report",
        "Corrected meanwhile",
        "The fact was corrected before we read this report. The page now says what the report says.",
    ),
    (
        "report",
        "The official file says so",
        ("The page shows what the official file says, and we found no newer evidence. If a page of the school or the "
        "accreditor says otherwise, please report it again with the address of that page."),
    ),
    (
        "report",
        "No evidence found",
        ("We read the school’s pages and found nothing that says so. Please report it again with the address of a page "
        "that does, and we look again."),
    ),
)


def write(apps, schema_editor):
    texts = apps.get_model("directory", "DecisionText").objects.using(schema_editor.connection.alias)
    for kind, title, text in TEXTS:
        texts.get_or_create(kind=kind, title=title, defaults={"text": text})


class Migration(migrations.Migration):

    dependencies = [
        ("directory", "0031_decisions_begin_with_texts_of_ours"),
    ]

    operations = [
        # Backwards they stay: the table goes with them one migration earlier.
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
