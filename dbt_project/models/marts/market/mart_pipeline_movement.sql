{% set buckets = ['opening'] + walk_buckets() | map('first') | list + ['closing', 'overdue_close'] %}
with spine as (

    select spine.*, scopes.scope
    from ({{ units_by_period(ref('int_opportunities')) }}) as spine
    cross join (select 'all' as scope union all select 'closing_in_period') as scopes

),

sums as (

    select
        closure.ancestor_id as org_unit_id,
        walk.period_type,
        walk.period_start,
        walk.scope,
        {% for bucket in buckets %}
        sum(case when walk.bucket = '{{ bucket }}' then walk.amount else 0 end) as {{ bucket }}_amount,
        sum(case when walk.bucket = '{{ bucket }}' then 1 else 0 end) as {{ bucket }}_count,
        {% endfor %}
        sum(case when walk.bucket = 'without_amount' then 1 else 0 end) as without_amount_count
    from {{ ref('int_pipeline_walk') }} as walk
    inner join {{ ref('int_opportunities') }} as opportunities
        on walk.opportunity_id = opportunities.opportunity_id
    {{ join_units_above('opportunities') }}
    group by closure.ancestor_id, walk.period_type, walk.period_start, walk.scope

),

filled as (

    select
        spine.*,
        {% for bucket in buckets %}
        {{ money('coalesce(sums.' ~ bucket ~ '_amount, 0)') }} as {{ bucket }}_amount,
        cast(coalesce(sums.{{ bucket }}_count, 0) as bigint) as {{ bucket }}_count,
        {% endfor %}
        cast(coalesce(sums.without_amount_count, 0) as bigint) as without_amount_count
    from spine
    left join sums
        on spine.org_unit_id = sums.org_unit_id
        and spine.period_type = sums.period_type
        and spine.period_start = sums.period_start
        and spine.scope = sums.scope

),

final as (

    select
        org_unit_id, org_level, is_leaf, period_type, period_start, period_label, period_state, scope,
        {% for bucket in buckets if bucket != 'overdue_close' %}
        {{ bucket }}_amount,
        {{ bucket }}_count,
        {% endfor %}
        {{ money('opening_amount' ~ walk_sum('amount', 1) ~ ' - closing_amount') }} as difference_amount,
        cast(opening_count{{ walk_sum('count', 2) }} - closing_count as bigint) as difference_count,
        overdue_close_amount,
        overdue_close_count,
        without_amount_count
    from filled

)

select * from final
