with entered as (

    select
        instalments.document_id,
        instalments.instalment_number,
        case documents.document_kind when 'invoice' then 'billed' else documents.document_kind end as kind,
        documents.document_id as source_id,
        documents.entered_on as business_date,
        cast(null as {{ dbt.type_string() }}) as receipt_id,
        false as is_assumed,
        instalments.amount
    from {{ ref('int_receivable_instalments') }} as instalments
    inner join {{ ref('int_receivable_documents') }} as documents
        on instalments.document_id = documents.document_id

),

settled as (

    select
        document_id,
        instalment_number,
        kind,
        source_id,
        business_date,
        receipt_id,
        false as is_assumed,
        - amount as amount
    from {{ ref('int_settlements_matched_to_instalments') }}

),

applied_by_age as (

    select
        document_id,
        instalment_number,
        'applied' as kind,
        receipt_id as source_id,
        business_date,
        receipt_id,
        true as is_assumed,
        - amount as amount
    from {{ ref('int_receipts_applied_by_age') }}

),

movements as (

    select * from entered
    union all
    select * from settled
    union all
    select * from applied_by_age

)

select * from movements
