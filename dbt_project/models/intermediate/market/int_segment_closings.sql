with closed as (

    select closed_on, status, amount, territory_id, segment
    from {{ ref('int_closed_opportunities') }}
    where status in ('won', 'lost')
    union all
    select closed_on, status, amount, territory_id, 'all'
    from {{ ref('int_closed_opportunities') }}
    where status in ('won', 'lost')

),

periods as (

    {{ market_periods() }}

),

counted as (

    select
        periods.period_type,
        periods.period_start,
        closed.segment,
        closure.ancestor_id as territory_id,
        sum(case when closed.status = 'won' then 1 else 0 end) as won_count,
        sum(case when closed.status = 'lost' then 1 else 0 end) as lost_count,
        sum(case when closed.status = 'won' then coalesce(closed.amount, 0) else 0 end) as won_amount
    from closed
    inner join periods
        on closed.closed_on >= periods.period_start
        and closed.closed_on < periods.cutoff
    inner join {{ ref('int_territory_closure') }} as closure
        on closed.territory_id = closure.descendant_id
    group by periods.period_type, periods.period_start, closed.segment, closure.ancestor_id

)

select * from counted
