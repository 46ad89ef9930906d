"""A template writes values: a name that every mapping has a method of ("values") would be written as the method."""

from jinja2 import Environment, nodes

from pages.html import environment

METHODS = set(dir(dict))


def written_methods(templates: Environment, source: str) -> list[str]:
    tree = templates.parse(source)
    called = {id(call.node) for call in tree.find_all(nodes.Call)}
    return [get.attr for get in tree.find_all(nodes.Getattr) if get.attr in METHODS and id(get) not in called]


def test_no_template_writes_a_method_in_the_place_of_a_value():
    templates = environment()
    names = templates.list_templates()
    assert len(names) > 50
    sources = {name: templates.loader.get_source(templates, name)[0] for name in names if name.endswith(".jinja")}
    assert {name: found for name, source in sources.items() if (found := written_methods(templates, source))} == {}


def test_the_check_finds_what_it_looks_for():
    assert written_methods(environment(), "{% for p in all %}{{ p.values }}{% endfor %}") == ["values"]
    assert written_methods(environment(), "{% for k, v in all.items() %}{{ v.allowed }}{% endfor %}") == []
