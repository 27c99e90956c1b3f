with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

instalments as (

    select * from {{ ref('int_receivable_instalments') }}

),

due_in_period as (

    select
        instalments.document_id,
        instalments.instalment_number,
        instalments.due_on,
        periods.period_type,
        periods.period_start,
        periods.cutoff,
        false as is_overdue_at_start
    from instalments
    inner join periods
        on instalments.due_on >= periods.period_start
        and instalments.due_on < periods.cutoff

),

overdue_at_start as (

    select
        balances.document_id,
        balances.instalment_number,
        instalments.due_on,
        periods.period_type,
        periods.period_start,
        periods.cutoff,
        true as is_overdue_at_start
    from {{ ref('int_instalment_balances') }} as balances
    inner join periods
        on balances.valid_from < periods.period_start
        and balances.valid_to >= periods.period_start
    inner join instalments
        on balances.document_id = instalments.document_id
        and balances.instalment_number = instalments.instalment_number
        and instalments.due_on < periods.period_start

),

due as (

    select * from due_in_period
    union all
    select * from overdue_at_start

),

-- What was credited up to the end is not due; what was paid or written off before the start no longer is.
measured as (

    select
        due.document_id,
        due.instalment_number,
        due.period_type,
        due.period_start,
        due.is_overdue_at_start,
        sum(case when movements.kind in ('billed', 'opening', 'credit_note')
            then movements.amount else 0 end) as planned_amount,
        sum(case when movements.business_date < due.period_start or movements.kind in ('billed', 'opening', 'credit_note')
            then movements.amount else 0 end) as owed_amount,
        - sum(case when movements.kind = 'applied' and movements.business_date >= due.period_start
            then movements.amount else 0 end) as paid_amount,
        - sum(case when movements.kind = 'applied' and movements.business_date >= due.period_start
            and movements.business_date <= due.due_on then movements.amount else 0 end) as paid_on_time_amount
    from due
    inner join {{ ref('int_receivable_movements') }} as movements
        on due.document_id = movements.document_id
        and due.instalment_number = movements.instalment_number
        and movements.business_date < due.cutoff
    group by 1, 2, 3, 4, 5

)

select
    document_id,
    instalment_number,
    period_type,
    period_start,
    is_overdue_at_start,
    planned_amount,
    greatest(owed_amount, 0) as owed_amount,
    paid_amount,
    paid_on_time_amount
from measured
