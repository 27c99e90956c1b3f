{{ config(materialized='view') }}

with instalment_days as (

    select
        business_date,
        due_on,
        {{ owner_columns() }},
        case when not is_plain then document_id end as document_id,
        case when not is_plain then instalment_number end as instalment_number,
        sum(opening_amount + billed_amount - credit_note_amount) as entered_amount,
        sum(applied_amount) as applied_amount,
        sum(open_amount - open_before) as change_amount,
        min(open_before) as open_before
    from {{ ref('int_instalment_days') }}
    group by 1, 2, 3, 4, 5, 6, 7, 8

),

windows as (

    select period_type, period_start, cutoff from {{ ref('int_collection_windows') }}

),

days as (

    select due_on as day from instalment_days
    union
    select business_date from instalment_days

),

days_of_windows as (

    select days.day, windows.period_type, windows.period_start, windows.cutoff
    from days
    inner join windows
        on days.day >= windows.period_start
        and days.day < windows.cutoff

),

-- What was credited up to the end is not due; what was paid or written off before the start no longer is.
due as (

    select
        windows.period_type,
        windows.period_start,
        {{ owner_columns('moved') }},
        moved.document_id,
        moved.instalment_number,
        sum(moved.entered_amount) as planned_amount,
        sum(case when moved.business_date < windows.period_start then moved.change_amount
            else moved.entered_amount end) as owed_amount,
        sum(case when moved.business_date >= windows.period_start then moved.applied_amount else 0 end) as paid_amount,
        sum(case when moved.business_date >= windows.period_start and moved.business_date <= moved.due_on
            then moved.applied_amount else 0 end) as paid_on_time_amount
    from instalment_days as moved
    inner join days_of_windows as windows
        on moved.due_on = windows.day
        and moved.business_date < windows.cutoff
    group by 1, 2, 3, 4, 5, 6, 7, 8

),

due_by_owner as (

    select
        period_type,
        period_start,
        {{ owner_columns() }},
        sum(planned_amount) as planned_amount,
        sum(greatest(owed_amount, 0)) as due_amount,
        sum(paid_amount) as due_paid_amount,
        sum(paid_on_time_amount) as paid_on_time_amount,
        sum(case when planned_amount != 0 then 1 else 0 end) as activity_count
    from due
    group by period_type, period_start, {{ owner_columns() }}

),

-- What changes in a period of what was overdue when it began.
overdue as (

    select
        windows.period_type,
        windows.period_start,
        {{ owner_columns('moved') }},
        moved.document_id,
        moved.instalment_number,
        sum(moved.entered_amount) as entered_amount,
        sum(moved.applied_amount) as applied_amount,
        min_by(moved.open_before, moved.business_date) as open_before
    from instalment_days as moved
    inner join days_of_windows as windows
        on moved.business_date = windows.day
        and moved.due_on < windows.period_start
    group by 1, 2, 3, 4, 5, 6, 7, 8

),

overdue_by_owner as (

    select
        period_type,
        period_start,
        {{ owner_columns() }},
        sum(case when document_id is null then entered_amount
            else greatest(open_before + entered_amount, 0) - greatest(open_before, 0) end) as overdue_opening_amount,
        sum(applied_amount) as overdue_paid_amount
    from overdue
    where document_id is null
        or open_before != 0
    group by period_type, period_start, {{ owner_columns() }}

),

dues as (

    {{ period_rows('due_by_owner', [
        'due_amount', 'due_paid_amount', 'paid_on_time_amount', 'planned_amount', 'activity_count',
    ]) }}
    union all
    {{ period_rows('overdue_by_owner', ['overdue_opening_amount', 'overdue_paid_amount']) }}

)

select * from dues
