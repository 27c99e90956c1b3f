-- Lists units and periods whose lost reasons do not add up to what was lost.
with reasons as (

    select org_unit_id, period_type, period_start, sum(lost_count) as lost_count, sum(lost_amount) as lost_amount
    from {{ ref('mart_lost_reason') }}
    group by org_unit_id, period_type, period_start

)

select rates.org_unit_id, rates.period_type, rates.period_start
from {{ ref('mart_win_rate') }} as rates
left join reasons
    on rates.org_unit_id = reasons.org_unit_id
    and rates.period_type = reasons.period_type
    and rates.period_start = reasons.period_start
where rates.lost_count <> coalesce(reasons.lost_count, 0)
    or rates.lost_amount <> coalesce(reasons.lost_amount, 0)
