{{ config(materialized='view') }}

with instalment_days as (

    select * from {{ ref('int_instalment_days') }}

),

moved as (

    select
        business_date,
        {{ owner_columns() }},
        sum(opening_amount) as opening_amount,
        sum(billed_amount) as invoiced_amount,
        sum(credit_note_amount) as credit_note_amount,
        sum(applied_amount) as applied_amount,
        sum(written_off_amount) as written_off_amount,
        sum(case when open_amount != 0 then 1 else 0 end - case when open_before != 0 then 1 else 0 end) as open_count,
        sum(billed_count) as billed_count,
        count(*) as activity_count
    from instalment_days
    group by business_date, {{ owner_columns() }}

),

-- From the second day after it was due on, what moves a balance moves the overdue one.
overdue as (

    select
        greatest(business_date, {{ add_days('due_on', 1) }}) as business_date,
        {{ owner_columns() }},
        sum(open_amount - open_before) as overdue_amount
    from instalment_days
    group by greatest(business_date, {{ add_days('due_on', 1) }}), {{ owner_columns() }}

),

-- What a period finds overdue when it begins was due on the day before at the latest.
overdue_before as (

    select
        greatest(business_date, due_on) as business_date,
        {{ owner_columns() }},
        sum(greatest(open_amount, 0) - greatest(open_before, 0)) as overdue_before_amount
    from instalment_days
    group by greatest(business_date, due_on), {{ owner_columns() }}

),

receivable_days as (

    {{ day_rows('moved', [
        'opening_amount', 'invoiced_amount', 'credit_note_amount', 'applied_amount', 'written_off_amount',
        'open_count', 'billed_count', 'activity_count',
    ]) }}
    union all
    {{ day_rows('overdue', ['overdue_amount']) }}
    union all
    {{ day_rows('overdue_before', ['overdue_before_amount']) }}

)

select * from receivable_days
