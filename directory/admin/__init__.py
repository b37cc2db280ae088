"""The staff desk: one file per noun. Importing them registers them."""

from directory.admin import (  # noqa: F401 - imported for what they register
    accreditation,
    accreditation_list,
    case_decision,
    certification,
    code_lists,
    decision_text,
    derived,
    error_report,
    fact,
    featured_list,
    figures,
    link,
    missed_search,
    override,
    program,
    readers,
    release,
    releases,
    review,
    rules,
    school,
    staff_account,
    staff_lock,
    synonym,
)
from directory.admin.listings import batch as listing_batch  # noqa: F401
