with spans as (

    select * from {{ ref('int_closed_spans') }}

),

months as (

    select
        months.period_start,
        months.period_end,
        months.period_label,
        months.ytd_start,
        quarters.period_start as quarter_start
    from {{ ref('dim_period') }} as months
    inner join {{ ref('dim_period') }} as quarters
        on quarters.period_type = 'quarter'
        and months.period_start >= quarters.period_start
        and months.period_start < quarters.period_end
    where months.period_type = 'month'

),

closings as (

    select * from {{ ref('int_closings') }}

),

as_closed as (

    select subject, entity_kind, entity_id, measure, period_start, amount
    from {{ ref('int_known_results') }}
    where is_frozen
        and known_start = period_start

),

dated as (

    select subject, entity_kind, entity_id, measure, dated_start as period_start, sum(adjustment_amount) as amount
    from {{ ref('mart_period_adjustment') }}
    group by subject, entity_kind, entity_id, measure, dated_start

),

-- From the first business year of which a month is closed.
as_current as (

    select results.subject, results.entity_kind, results.entity_id, results.measure, results.period_start, results.amount
    from {{ ref('mart_period_result') }} as results
    inner join spans
        on results.subject = spans.subject
    inner join months as first_months
        on spans.closed_from = first_months.period_start
    where results.period_start >= first_months.ytd_start

),

figures as (

    select *, amount as as_closed_amount, cast(null as decimal(18, 2)) as as_current_amount, 0 as adjustment_amount
    from as_closed
    union all
    select *, null, amount, 0 from as_current
    union all
    select *, null, null, amount from dated

),

by_month as (

    select
        figures.subject,
        figures.entity_kind,
        figures.entity_id,
        figures.measure,
        figures.measure in {{ balances() }} as is_balance,
        months.period_start,
        months.period_end,
        months.period_label,
        months.quarter_start,
        months.ytd_start,
        max(figures.as_closed_amount) as as_closed_amount,
        coalesce(max(figures.as_current_amount), 0) as as_current_amount,
        sum(figures.adjustment_amount) as adjustment_amount
    from figures
    inner join months
        on figures.period_start = months.period_start
    group by
        figures.subject, figures.entity_kind, figures.entity_id, figures.measure,
        months.period_start, months.period_end, months.period_label, months.quarter_start, months.ytd_start

),

reported as (

    select
        by_month.*,
        closings.period_start is not null as is_closed,
        closings.made_at as closed_at,
        closings.made_by as closed_by,
        case when closings.period_start is null then as_current_amount else coalesce(as_closed_amount, 0) end
            + adjustment_amount as reported_amount
    from by_month
    left join closings
        on by_month.subject = closings.subject
        and by_month.period_start = closings.period_start

),

final as (

    select
        subject,
        entity_kind,
        entity_id,
        measure,
        is_balance,
        'month' as period_type,
        period_start,
        period_label,
        case
            when is_closed then 'closed' when period_end <= {{ add_days(as_of(), 1) }} then 'preliminary' else 'open'
        end as period_state,
        {{ money('case when is_closed then coalesce(as_closed_amount, 0) end') }} as as_closed_amount,
        {{ money('as_current_amount') }} as as_current_amount,
        {{ money('case when is_closed then as_current_amount - coalesce(as_closed_amount, 0) end') }}
            as difference_amount,
        {{ money('case when not is_balance then adjustment_amount end') }} as adjustment_amount,
        {{ money('reported_amount') }} as reported_amount,
        {% for name, first in [('quarter', 'quarter_start'), ('year', 'ytd_start')] %}
        {{ money("case when not is_balance then sum(reported_amount) over (
            partition by subject, entity_kind, entity_id, measure, " ~ first ~ " order by period_start
            rows between unbounded preceding and current row) end") }} as {{ name }}_to_date_amount,
        {% endfor %}
        closed_at,
        closed_by
    from reported

)

select * from final
