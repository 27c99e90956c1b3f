with entities as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        cutoff,
        last_month_start,
        last_month_billed_amount,
        invoiced_amount - credit_note_amount as billed_amount,
        current_receivable_amount + overdue_amount as receivable_amount
    from {{ ref('int_collection_by_entity') }}

),

months as (

    select
        entity_kind,
        entity_id,
        period_start as month_start,
        cutoff as month_end,
        billed_amount,
        min(case when billed_amount != 0 then period_start end) over (partition by entity_kind, entity_id) as first_month
    from entities
    where period_type = 'month'

),

months_back as (

    select
        entities.entity_kind,
        entities.entity_id,
        entities.period_type,
        entities.period_start,
        entities.receivable_amount,
        months.month_start,
        case when months.month_start = entities.last_month_start
            then entities.last_month_billed_amount else months.billed_amount end as billed_amount,
        {{ dbt.datediff('months.month_start', 'least(months.month_end, entities.cutoff)', 'day') }} as days
    from entities
    inner join months
        on entities.entity_kind = months.entity_kind
        and entities.entity_id = months.entity_id
        and months.month_start <= entities.last_month_start
        and months.month_start >= months.first_month
    where entities.receivable_amount > 0

),

running as (

    select
        *,
        sum(billed_amount) over newest_first as billed_so_far,
        sum(days) over newest_first as days_so_far
    from months_back
    window newest_first as (
        partition by entity_kind, entity_id, period_type, period_start order by month_start desc
        rows between unbounded preceding and current row
    )

),

with_previous as (

    select
        *,
        greatest(0, coalesce(max(billed_so_far) over (
            partition by entity_kind, entity_id, period_type, period_start order by month_start desc
            rows between unbounded preceding and 1 preceding
        ), 0)) as covered_before
    from running

),

-- A month of negative billing ends no step: it is counted together with the months before it.
steps as (

    select
        *,
        billed_so_far - covered_before as step_amount,
        days_so_far - coalesce(lag(days_so_far) over (
            partition by entity_kind, entity_id, period_type, period_start order by month_start desc
        ), 0) as step_days
    from with_previous
    where billed_so_far >= covered_before

),

counted as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        sum(case
            when receivable_amount <= covered_before then 0
            when receivable_amount >= billed_so_far then step_days
            else step_days * (receivable_amount - covered_before) / step_amount
        end) as countback_days,
        max(receivable_amount) > max(billed_so_far) as is_older_than_history
    from steps
    group by entity_kind, entity_id, period_type, period_start

)

select
    entity_kind,
    entity_id,
    period_type,
    period_start,
    cast(countback_days as decimal(18, 2)) as dso_countback_days,
    is_older_than_history
from counted
