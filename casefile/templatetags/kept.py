"""Parts of a page that other pages share."""

from django import template
from django.utils.safestring import mark_safe

from casefile.kept_parts import kept_part, kept_rows

register = template.Library()


@register.tag
def kept(parser, token):
    """Keep what stands up to ``{% endkept %}`` as `kept_part` does, by the tag's values.

    ``{% kept "round" letter.round_id %}``: the values say all that it depends on, beside the
    record, the day and the language.
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


@register.tag
def rows(parser, token):
    """Show each row of a page by what stands up to ``{% endrows %}``, as `kept_rows` does.

    ``{% rows "letter row" letter in page %}``: a name for what a row looks like, and for the row.
    """
    _tag, *words = token.split_contents()
    if len(words) != 4 or words[2] != "in":
        raise template.TemplateSyntaxError('rows needs a name, and "row in page".')
    nodes = parser.parse(["endrows"])
    parser.delete_first_token()
    return RowsNode(
        parser.compile_filter(words[0]), words[1], parser.compile_filter(words[3]), nodes
    )


class RowsNode(template.Node):
    def __init__(self, name, row_name, page, nodelist):
        self.name, self.row_name, self.page, self.nodelist = name, row_name, page, nodelist

    def render(self, context):
        def make(row):
            with context.push(**{self.row_name: row}):
                return self.nodelist.render(context)

        page, name = self.page.resolve(context), self.name.resolve(context)
        return mark_safe(kept_rows(context.get("request"), name, page, make))  # noqa: S308  nodes'
