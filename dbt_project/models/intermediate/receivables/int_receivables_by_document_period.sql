with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

flows as (

    select
        periods.period_type,
        periods.period_start,
        movements.document_id,
        case movements.kind
            when 'opening' then 'opening_receivable_amount'
            when 'billed' then 'invoiced_amount'
            else movements.kind || '_amount'
        end as measure,
        case when movements.kind in ('opening', 'billed') then movements.amount else - movements.amount end as amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join periods
        on movements.business_date >= periods.period_start
        and movements.business_date < periods.cutoff

),

billed_in_last_month as (

    select
        windows.period_type,
        windows.period_start,
        movements.document_id,
        'last_month_billed_amount' as measure,
        movements.amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join {{ ref('int_collection_windows') }} as windows
        on movements.business_date >= windows.last_month_start
        and movements.business_date < windows.cutoff
    where movements.kind in ('billed', 'credit_note')

),

openings as (

    select
        periods.period_type,
        periods.period_start,
        balances.document_id,
        'opening_receivable_amount' as measure,
        balances.open_amount as amount
    from {{ ref('int_instalment_balances') }} as balances
    inner join periods
        on balances.valid_from < periods.period_start
        and balances.valid_to >= periods.period_start

),

closings as (

    select
        periods.period_type,
        periods.period_start,
        balances.document_id,
        case when instalments.due_on < {{ day_before('periods.cutoff') }} then 'overdue_amount'
            else 'current_receivable_amount' end as measure,
        balances.open_amount as amount
    from {{ ref('int_instalment_balances') }} as balances
    inner join periods
        on balances.valid_from < periods.cutoff
        and balances.valid_to >= periods.cutoff
    inner join {{ ref('int_receivable_instalments') }} as instalments
        on balances.document_id = instalments.document_id
        and balances.instalment_number = instalments.instalment_number

),

parts as (

    select * from flows
    union all
    select * from billed_in_last_month
    union all
    select * from openings
    union all
    select * from closings

),

by_document as (

    select period_type, period_start, document_id, measure, sum(amount) as amount
    from parts
    group by period_type, period_start, document_id, measure

)

select * from by_document
