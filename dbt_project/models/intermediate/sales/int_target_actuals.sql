with targets as (

    select distinct owner_kind, owner_id, metric, product_line, period_start, period_end
    from {{ ref('int_targets') }}
    where period_start <= {{ as_of() }}

),

done as (

    select
        targets.owner_kind,
        targets.owner_id,
        targets.metric,
        targets.product_line,
        targets.period_start,
        targets.period_end,
        results.amount
    from targets
    inner join {{ ref('int_results_by_owner') }} as results
        on targets.owner_kind = results.owner_kind
        and targets.owner_id = results.owner_id
        and targets.metric = results.measure
        and (targets.product_line is null or targets.product_line = results.product_line)
        and results.business_date >= targets.period_start
        and results.business_date < targets.period_end
        and results.business_date <= {{ as_of() }}

),

-- Of who has done nothing the result is zero, not unknown.
with_nothing as (

    select * from done
    union all
    select *, 0 from targets

)

select owner_kind, owner_id, metric, product_line, period_start, period_end, sum(amount) as actual_value
from with_nothing
group by owner_kind, owner_id, metric, product_line, period_start, period_end
