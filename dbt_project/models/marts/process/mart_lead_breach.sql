with breaches as (

    {% for name, done in [('assign', 'is_assigned'), ('touch', 'is_touched')] %}
    select
        lead_id,
        '{{ name }}' as step,
        name,
        lead_source,
        created_on,
        owned_on,
        employee_id,
        org_unit_id,
        {{ name }}_limit_days as limit_days,
        days_to_{{ name }} as days_taken,
        not {{ done }} as is_waiting
    from {{ ref('int_leads') }}
    where is_{{ name }}_breach
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select
    lead_id,
    step,
    name,
    lead_source,
    created_on,
    owned_on,
    employee_id,
    org_unit_id,
    cast(limit_days as integer) as limit_days,
    cast(days_taken as integer) as days_taken,
    is_waiting
from breaches
