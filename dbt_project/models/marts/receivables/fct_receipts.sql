with receipts as (

    select * from {{ ref('int_receipts_in_company_currency') }}
    where received_on <= {{ as_of() }}

),

parts as (

    select
        receipt_id,
        sum(case when document_id is not null then amount else 0 end) as applied_amount,
        sum(case when document_id is null then amount else 0 end) as unapplied_amount
    from {{ ref('int_receipt_parts') }}
    group by receipt_id

),

collected as (

    select receipt_id, sum(amount) as collected_amount
    from {{ ref('int_collected_events') }}
    group by receipt_id

),

receipt_facts as (

    select
        receipts.receipt_id,
        receipts.received_on as business_date,
        receipts.customer_id,
        receipts.employee_id,
        receipts.kind,
        receipts.method,
        receipts.matures_on,
        receipts.currency,
        cast(receipts.original_amount as decimal(18, 2)) as original_amount,
        receipts.amount,
        cast(coalesce(parts.applied_amount, 0) as decimal(18, 2)) as applied_amount,
        cast(coalesce(parts.unapplied_amount, 0) as decimal(18, 2)) as unapplied_amount,
        cast(coalesce(collected.collected_amount, 0) as decimal(18, 2)) as collected_amount,
        receipts._file,
        receipts._line
        {{- extra_columns('receipts', 'receipts') }}
    from receipts
    left join parts
        on receipts.receipt_id = parts.receipt_id
    left join collected
        on receipts.receipt_id = collected.receipt_id

)

select * from receipt_facts
