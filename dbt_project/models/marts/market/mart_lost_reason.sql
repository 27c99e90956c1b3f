with lost as (

    select opportunities.*, closure.ancestor_id
    from {{ ref('int_closed_opportunities') }} as opportunities
    {{ join_units_above('opportunities') }}
    where opportunities.status = 'lost'

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

windows as (

    {% for prefix, first, after in market_windows()[:2] %}
    select
        '{{ prefix }}' as prefix,
        lost.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        lost.lost_reason,
        count(*) as lost_count,
        sum(coalesce(lost.amount, 0)) as lost_amount,
        sum(case when coalesce(lost.amount, 0) = 0 then 1 else 0 end) as without_amount_count
    from lost
    inner join periods
        on lost.closed_on >= periods.{{ first }}
        and lost.closed_on < periods.{{ after }}
    group by lost.ancestor_id, periods.period_type, periods.period_start, lost.lost_reason
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

side_by_side as (

    select
        org_unit_id,
        period_type,
        period_start,
        lost_reason,
        {% for prefix in ['', 'prior_'] %}
        cast(sum(case when prefix = '{{ prefix }}' then lost_count else 0 end) as bigint) as {{ prefix }}lost_count,
        {{ money("sum(case when prefix = '" ~ prefix ~ "' then lost_amount else 0 end)") }} as {{ prefix }}lost_amount,
        {% endfor %}
        cast(sum(case when prefix = '' then without_amount_count else 0 end) as bigint) as without_amount_count
    from windows
    group by org_unit_id, period_type, period_start, lost_reason

),

final as (

    select
        sums.org_unit_id,
        units.org_level,
        units.is_leaf,
        sums.period_type,
        sums.period_start,
        periods.period_label,
        periods.period_state,
        sums.lost_reason,
        sums.lost_reason = 'blank' as is_blank,
        sums.lost_count,
        sums.lost_amount,
        {% for measure in ['count', 'amount'] %}
        {{ rate('sums.lost_' ~ measure, 'sum(sums.lost_' ~ measure ~ ') over (partition by sums.org_unit_id, sums.period_type, sums.period_start)') }}
            as {{ measure }}_share_rate,
        {% endfor %}
        sums.without_amount_count,
        case when periods.prior_start is not null then sums.prior_lost_count end as prior_lost_count,
        case when periods.prior_start is not null then sums.prior_lost_amount end as prior_lost_amount
    from side_by_side as sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id
    inner join {{ ref('dim_period') }} as periods
        on sums.period_type = periods.period_type
        and sums.period_start = periods.period_start

)

select * from final
