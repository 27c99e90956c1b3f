-- What is credited to sellers, and what has none, is what the company has: every part of every collection rate.
{% set measures = collection_measures() %}
with sellers as (

    select
        period_type,
        period_start,
        {% for measure in measures %}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from {{ ref('int_collection_by_entity') }}
    where entity_kind = 'employee'
    group by period_type, period_start

),

company as (

    select results.*
    from {{ ref('int_collection_by_entity') }} as results
    inner join {{ ref('dim_org_unit') }} as units
        on results.entity_kind = 'org_unit'
        and results.entity_id = units.org_unit_id
        and units.parent_org_unit_id is null

)

select company.period_type, company.period_start
from company
left join sellers
    on company.period_type = sellers.period_type
    and company.period_start = sellers.period_start
where 1 = 0
    {% for measure in measures %}
    or company.{{ measure }} != coalesce(sellers.{{ measure }}, 0)
    {% endfor %}
