"""Fields in which a record is searched for, and chosen."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError


class _Chosen:
    """What was chosen is shown again, if it can be a record: Django would look for anything."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if self._is_fit(one)], attr)

    def _is_fit(self, value):
        try:
            self.field.target_field.to_python(value)
        except ValidationError:
            return False
        return True


class ChooseOne(_Chosen, AutocompleteSelect):
    pass


class ChooseSeveral(_Chosen, AutocompleteSelectMultiple):
    pass
