with rules as (

    select * from {{ ref('int_collection_rules_by_day') }}

),

-- A bill that counts at maturity and whose maturity is unknown has not been collected yet.
receipts as (

    select
        receipts.*,
        rules.credit_to,
        rules.advances,
        receipts.method in ('bank_acceptance', 'commercial_acceptance', 'supply_chain') as is_bill,
        case
            when receipts.method = 'bank_acceptance' then rules.bank_bills
            when receipts.method = 'commercial_acceptance' then rules.commercial_bills
            when receipts.method = 'supply_chain' then rules.supply_chain_bills
            else 'at_receipt'
        end as counts
    from {{ ref('int_receipts_unapplied') }} as receipts
    left join rules
        on receipts.received_on = rules.day

),

dated as (

    select
        *,
        case
            when counts = 'at_receipt' then received_on
            when matures_on is not null then greatest(received_on, matures_on)
        end as collected_on
    from receipts

)

select * from dated
