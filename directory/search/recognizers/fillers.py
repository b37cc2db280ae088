"""Words that say nothing about what is looked for. They are named as left out, and never hide a school."""

from __future__ import annotations

from typing import Final

from directory.search.normalize import listed

WORDS: Final = listed(
    """
    a an the and or of for at in on to with by from near as that which who is are be am was it its this
    these those there i im id we you your our my me us do does did doing can could should would will may how what
    when where why want wants wanted wanting need needs needed looking look find finding search searching get
    getting go going become becoming learn learning take taking start starting study studying studies teach teaches
    offering offers offer offered have has having let lets please help show list all any some most more other
    another both only just about into out up if then than so program programs programme course courses class classes
    training school schools college colleges university universities institute institutes institution institutions
    academy academies campus campuses education educational career careers job jobs field fields major majors work
    working option options opportunities lead leads leading toward towards exam exams test tests prep preparation
    preparing pass sit qualify eligible required price prices cost costs tuition fee fees pay salary around area
    location locations place places open available new current 2022 2023 2024 2025 2026 2027 vs versus also like via
    per each every thru through during after before under over between within less least highest lowest
    long based type types kind kinds level levels
    much many few lot lots been being were had got gets give gives know knows think see seen tell whats wheres hows ive
    he she they them their her his whose whom myself anyone anything someone something everyone everything somewhere
    really very too still even such same own ever here now today soon thanks hello hey because while again always often
    might must shall cant cannot until upon though since yet several different various thing things way ways right
    www http https com edu org net html
    de escuela escuelas programa programas curso cursos clases carrera carreras estudiar estudio para con sin el los las
    un una del y o como quiero ser hacer donde puedo trabajo trabajar necesito busco buscar mi en
    centre centres center centers bootcamp bootcamps live lives living zip zipcode
    accept accepts accepting difference compare comparison approved w
    enough maybe actually probably worth make makes making done using used get go goes went come comes
    """
)
PHRASES: Final = frozenset(
    ("how to become", "how do i become", "i want to become", "i want to be", "looking for", "that offer", "that offers",
     "where can i", "where to", "how to", "what is", "near to", "in the", "lead to", "leads to", "leading to",
     "prepares for", "preparing for", "sit for", "qualify for", "go to school for", "school for", "schools for",
     "schools that", "to be", "anywhere", "nationwide", "usa", "us", "united states", "america", "any state",
     "in the us", "in the usa", "in usa", "in america", "in the united states", "all states", "degree or certificate")
)  # fmt: skip
