with dues as (

    select * from {{ ref('int_instalments_due_by_period') }}

),

measured as (

    select period_type, period_start, document_id, 'due_amount' as measure, owed_amount as amount
    from dues where not is_overdue_at_start
    union all
    select period_type, period_start, document_id, 'due_paid_amount', paid_amount
    from dues where not is_overdue_at_start
    union all
    select period_type, period_start, document_id, 'paid_on_time_amount', paid_on_time_amount
    from dues where not is_overdue_at_start
    union all
    select period_type, period_start, document_id, 'planned_amount', planned_amount
    from dues where not is_overdue_at_start
    union all
    select period_type, period_start, document_id, 'overdue_opening_amount', owed_amount
    from dues where is_overdue_at_start
    union all
    select period_type, period_start, document_id, 'overdue_paid_amount', paid_amount
    from dues where is_overdue_at_start

)

select * from measured
where amount != 0
