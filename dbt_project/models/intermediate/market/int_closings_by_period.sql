with periods as (

    select
        period_type,
        period_start,
        cutoff,
        prior_start,
        prior_cutoff,
        prior_year_start,
        prior_year_cutoff,
        cast({{ dbt.dateadd('month', -12, 'cutoff') }} as date) as trailing_start
    from {{ ref('dim_period') }}
    where has_begun

),

closed as (

    select
        closure.ancestor_id as org_unit_id,
        opportunities.status,
        opportunities.closed_on,
        opportunities.amount,
        case when opportunities.status = 'won' and opportunities.cycle_days >= 0 then opportunities.cycle_days end
            as won_cycle_days,
        case when opportunities.status = 'lost' and opportunities.cycle_days >= 0 then opportunities.cycle_days end
            as lost_cycle_days,
        opportunities.cycle_days < 0 and opportunities.status <> 'excluded' as is_negative
    from {{ ref('int_closed_opportunities') }} as opportunities
    {{ join_units_above('opportunities') }}

),

windows as (

    {% for prefix, first, after in closing_windows() %}
    select
        '{{ prefix }}' as prefix,
        closed.org_unit_id,
        periods.period_type,
        periods.period_start,
        sum(case when status = 'won' then 1 else 0 end) as won_count,
        sum(case when status = 'lost' then 1 else 0 end) as lost_count,
        sum(case when status = 'excluded' then 1 else 0 end) as excluded_count,
        sum(case when status = 'won' then coalesce(amount, 0) else 0 end) as won_amount,
        sum(case when status = 'lost' then coalesce(amount, 0) else 0 end) as lost_amount,
        sum(case when status = 'lost' and coalesce(amount, 0) = 0 then 1 else 0 end) as lost_without_amount_count,
        sum(case when is_negative then 1 else 0 end) as negative_cycle_count,
        count(won_cycle_days) as won_cycle_count,
        sum(won_cycle_days) as won_cycle_days,
        percentile_cont(0.5) within group (order by won_cycle_days) as won_cycle_median_days,
        percentile_cont(0.9) within group (order by won_cycle_days) as won_cycle_p90_days,
        percentile_cont(0.5) within group (order by lost_cycle_days) as lost_cycle_median_days
    from closed
    inner join periods
        on closed.closed_on >= periods.{{ first }}
        and closed.closed_on < periods.{{ after }}
    group by closed.org_unit_id, periods.period_type, periods.period_start
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from windows
