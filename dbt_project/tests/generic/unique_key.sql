{# The columns identify a row: no two rows share them. Nulls are equal to each other. #}
{% test unique_key(model, columns) %}

select {{ columns | join(', ') }}, count(*) as row_count
from {{ model }}
group by {{ columns | join(', ') }}
having count(*) > 1

{% endtest %}
