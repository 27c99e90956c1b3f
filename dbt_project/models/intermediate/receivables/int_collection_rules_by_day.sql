with collection_rules as (

    select * from {{ source('rulebook', 'collection') }}

),

days_that_need_a_rule as (

    select received_on as day from {{ ref('stg_receipts') }}
    union
    select applied_on as day from {{ ref('stg_receipt_applications') }}
    union
    select {{ dbt.dateadd('day', -1, 'cutoff') }} as day from {{ ref('dim_period') }}

),

ranked as (

    select
        days_that_need_a_rule.day,
        collection_rules.*,
        row_number() over (
            partition by days_that_need_a_rule.day
            order by collection_rules.effective_from desc, collection_rules.rule_id
        ) as rule_rank
    from days_that_need_a_rule
    left join collection_rules
        on {{ in_force('collection_rules', 'days_that_need_a_rule.day') }}

),

in_force as (

    select
        cast(day as date) as day,
        rule_id,
        headline,
        coalesce(credit_to, 'owner_at_invoice') as credit_to,
        coalesce(advances, 'when_applied') as advances,
        coalesce(bank_bills, 'at_receipt') as bank_bills,
        coalesce(commercial_bills, 'at_maturity') as commercial_bills,
        coalesce(supply_chain_bills, 'at_maturity') as supply_chain_bills
    from ranked
    where rule_rank = 1

)

select * from in_force
