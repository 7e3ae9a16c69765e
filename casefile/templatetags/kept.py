"""Parts of a page that other pages share."""

from django import template

from casefile.kept_parts import kept_part

register = template.Library()


@register.tag
def kept(parser, token):
    """Keep what stands up to ``{% endkept %}`` as `kept_part` does, by the tag's values.

    ``{% kept "letter row" letter.pk %}``: the values say all that it depends on, beside the record,
    the day and the language.
    """
    _tag, *values = token.split_contents()
    if not values:
        raise template.TemplateSyntaxError("kept needs a value: what is kept?")
    nodes = parser.parse(["endkept"])
    parser.delete_first_token()
    return KeptNode([parser.compile_filter(value) for value in values], nodes)


class KeptNode(template.Node):
    def __init__(self, values, nodelist):
        self.values, self.nodelist = values, nodelist

    def render(self, context):
        name = repr([str(value.resolve(context)) for value in self.values])
        return kept_part(context.get("request"), name, lambda: self.nodelist.render(context))
