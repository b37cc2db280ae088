"""The form that corrects a school: what cannot be is refused in plain words beside the field."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import timezone

from directory.admin.corrections import CorrectionForm
from directory.models import School, ZipPoint
from directory.vocab import CLOSED_STATES, STATES, SchoolState

ZIP: Final = re.compile(r"[0-9]{5}(?:-?[0-9]{4})?")
#: From American Samoa to Alaska, and the same for longitude, which the date line cuts in two.
LATITUDES: Final = (-15.0, 72.0)
LONGITUDES: Final = ((-180.0, -64.0), (130.0, 180.0))
#: Every school stands this near, in degrees, to the middle of some ZIP code of its state.
NEAR: Final = 2.0


class SchoolForm(CorrectionForm):
    """Only what this person changes is judged: an official file may hold what a person may not type."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        touched = {name for name in self.columns() if name in self.changed_data} if self.instance.pk else set(data)
        self._whole_point(data)
        if touched & {"latitude", "longitude", "state"}:
            self._point_in_its_state(data)
        if touched & {"status", "closed_on"}:
            self._closing(data)
        return data

    def clean_zip_code(self) -> str:
        code: str = self.cleaned_data["zip_code"]
        if code and "zip_code" in self.changed_data and not ZIP.fullmatch(code):
            raise ValidationError("A ZIP code has five digits, or nine as in 43215-1234.")
        return code

    def clean_successor_unitid(self) -> int | None:
        unitid: int | None = self.cleaned_data["successor_unitid"]
        if unitid is None or "successor_unitid" not in self.changed_data:
            return unitid
        if unitid == self.instance.unitid:
            raise ValidationError("A school cannot be its own successor.")
        if not School.objects.filter(unitid=unitid).exists():
            raise ValidationError(f"We hold no school with the UNITID {unitid}.")
        return unitid

    def _whole_point(self, data: dict[str, Any]) -> None:
        """The database keeps whole points only."""
        names = [name for name in ("latitude", "longitude") if name in self.fields and name not in self.errors]
        missing = [name for name in names if data.get(name) is None]
        if len(names) == 2 and len(missing) == 1:
            self.add_error(missing[0], "A point has both latitude and longitude: fill in both, or neither.")

    def _point_in_its_state(self, data: dict[str, Any]) -> None:
        latitude, longitude, usps = data.get("latitude"), data.get("longitude"), data.get("state")
        if latitude is not None and not LATITUDES[0] <= latitude <= LATITUDES[1]:
            self.add_error(
                "latitude", f"Nothing of the United States lies there: {LATITUDES[0]:g} to {LATITUDES[1]:g}."
            )
        if longitude is not None and not any(west <= longitude <= east for west, east in LONGITUDES):
            self.add_error("longitude", "Nothing of the United States lies there: -180 to -64, or 130 to 180.")
        if latitude is None or longitude is None or {"latitude", "longitude", "state"} & set(self.errors):
            return
        in_state = ZipPoint.objects.filter(state=usps, latitude__isnull=False)
        near = in_state.filter(
            latitude__range=(latitude - NEAR, latitude + NEAR), longitude__range=(longitude - NEAR, longitude + NEAR)
        )
        if in_state.exists() and not near.exists():
            self.add_error("latitude", f"This point lies far outside of {STATES.get(str(usps), usps)}.")

    def _closing(self, data: dict[str, Any]) -> None:
        closed_on, status = data.get("closed_on"), data.get("status")
        if closed_on is None or status is None:
            return
        if status not in CLOSED_STATES:
            words = SchoolState(status).label
            self.add_error("closed_on", f"The status is “{words}”: choose how it closed, or leave this day empty.")
        elif "closed_on" in self.changed_data and closed_on > timezone.localdate():
            self.add_error("closed_on", "This day is still to come. Enter the closing when it has happened.")
