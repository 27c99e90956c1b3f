-- What is summed for a target: of an amount itself, of a rate what it divides and what it divides by.
with targets as (

    select
        target_id, owner_kind, owner_id, metric, {{ target_scope() | join(', ') }}, period_start, period_end
    from {{ ref('int_targets') }}

),

with_stages as (

    select * from targets
    union all
    select
        stages.stage_id, targets.owner_kind, targets.owner_id, targets.metric,
        {%- for column in target_scope() %} targets.{{ column }},{% endfor %} stages.stage_start, stages.stage_end
    from {{ ref('int_target_stages') }} as stages
    inner join targets
        on stages.target_id = targets.target_id

),

measures as (

    select
        *,
        'numerator' as part,
        case when metric = 'gross_margin_rate' then 'gross_margin_amount' else metric end as measure
    from with_stages
    where metric in ('{{ additive_metrics() | join("', '") }}', 'gross_margin_rate')
    union all
    select *, 'denominator', 'booked_amount'
    from with_stages
    where metric = 'gross_margin_rate'

)

select
    *,
    cast({{ dbt.dateadd('year', -1, 'period_start') }} as date) as last_year_start,
    cast({{ dbt.dateadd('year', -1, 'period_end') }} as date) as last_year_end,
    owner_kind = 'customer' or territory_id is not null or customer_id is not null or quantity_unit is not null
        as is_scoped
from measures
where period_start <= {{ as_of() }}
