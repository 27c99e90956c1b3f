-- C1: opening + invoiced − credit notes − applied − written off = closing, for every customer, unit and period.
with balances as (

    select 'customer' as entity_kind, customer_id as entity_id, period_type, period_start,
        opening_receivable_amount + invoiced_amount - credit_note_amount - applied_amount - written_off_amount as expected,
        closing_receivable_amount as actual
    from {{ ref('mart_collection_by_customer') }}
    union all
    select 'org_unit', org_unit_id, period_type, period_start,
        opening_receivable_amount + invoiced_amount - credit_note_amount - applied_amount - written_off_amount,
        closing_receivable_amount
    from {{ ref('mart_collection_by_org_unit') }}

)

select * from balances
where expected != actual
