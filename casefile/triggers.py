"""django-pgtrigger's list of all triggers, kept so that the site starts sooner."""

import pgtrigger.registry


class Registry(type(pgtrigger.registry._registry)):
    """The names that are taken, kept beside the triggers.

    Each of some 200 triggers must have a name of its own. To make the lists of names anew for each
    of them noticeably delays the first answer.
    """

    by_db_table = pg_function_names = None

    def __init__(self):
        self.by_db_table, self.pg_function_names = {}, set()
        super().__init__()

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        model, trigger = value
        self.by_db_table[model._meta.db_table, trigger.name] = trigger
        self.pg_function_names.add(trigger.get_pgid(model))

    def __delitem__(self, key):
        model, trigger = self[key]
        super().__delitem__(key)
        del self.by_db_table[model._meta.db_table, trigger.name]
        self.pg_function_names.remove(trigger.get_pgid(model))


def keep_names():
    """Have pgtrigger use this list, from before the first model on."""
    registry = Registry()
    registry.update(pgtrigger.registry._registry)
    pgtrigger.registry._registry = registry
