with entities as (

    select * from {{ ref('int_collection_by_entity') }}

),

-- Contracts and their cash count from the first day, not from the start of the period.
totals as (

    select
        entity_kind,
        entity_id,
        period_type,
        period_start,
        has_activity,
        opening_receivable_amount,
        invoiced_amount,
        credit_note_amount,
        invoiced_amount - credit_note_amount as billed_amount,
        applied_amount,
        written_off_amount,
        current_receivable_amount,
        overdue_amount,
        current_receivable_amount + overdue_amount as closing_receivable_amount,
        collected_amount,
        collected_bill_amount,
        received_amount,
        unapplied_amount,
        due_amount,
        due_paid_amount,
        paid_on_time_amount,
        overdue_opening_amount,
        overdue_paid_amount,
        planned_amount,
        shipped_with_tax_amount,
        shipped_settled_amount,
        sum(contract_amount) over to_date as contract_amount,
        sum(contract_collected_amount) over to_date as contract_collected_amount
    from entities
    window to_date as (
        partition by entity_kind, entity_id, period_type order by period_start
        rows between unbounded preceding and current row
    )

)

select * from totals
