"""方案一览: every figure of a scheme on paper, for those who check and sign it (S-66, S-119)."""

from django.template.loader import render_to_string

from documents.rendering.paper import Paper, Part
from reporting.models import Scheme


def content(scheme_id: int) -> Paper:
    scheme = Scheme.objects.select_related("cycle__committee").get(pk=scheme_id)
    context = {
        "scheme": scheme,
        "cycle": scheme.cycle,
        "dimension_sets": scheme.dimension_sets(),
        "quotas": scheme.quotas.select_related("domain"),
        "indicators": [figure for figure in scheme.listed_figures if figure.operator],
    }
    html = render_to_string("documents/papers/scheme.html", context)
    return Paper(title=f"{scheme.cycle}方案一览", parts=(Part("方案一览", html),))
