with documents as (

    select
        documents.*,
        case when documents.document_kind = 'opening' then documents.entered_on end as settled_up_to
    from {{ ref('int_receivable_documents') }} as documents
    where documents.document_kind in ('invoice', 'opening')

),

settlements as (

    select
        'credit_note' as kind,
        credit_note_id as source_id,
        credited_on as business_date,
        invoice_id as document_id,
        cast(null as {{ dbt.type_bigint() }}) as instalment_number,
        cast(null as {{ dbt.type_string() }}) as receipt_id,
        gross_amount as original_amount
    from {{ ref('stg_credit_notes') }}
    union all
    select 'written_off', write_off_id, written_off_on, invoice_id, null, null, amount
    from {{ ref('stg_write_offs') }}
    union all
    select 'applied', application_id, applied_on, invoice_id, instalment_number, receipt_id, amount
    from {{ ref('stg_receipt_applications') }}

),

settlements_of_documents as (

    select
        settlements.kind,
        settlements.source_id,
        greatest(settlements.business_date, documents.entered_on) as business_date,
        settlements.document_id,
        instalments.instalment_number,
        settlements.receipt_id,
        {{ converted('settlements.original_amount', 'documents.exchange_rate') }} as amount,
        settlements.original_amount,
        documents.currency
    from settlements
    inner join documents
        on settlements.document_id = documents.document_id
    left join {{ ref('int_receivable_instalments') }} as instalments
        on settlements.document_id = instalments.document_id
        and settlements.instalment_number = instalments.instalment_number
    where settlements.business_date <= {{ as_of() }}
        and (documents.settled_up_to is null or settlements.business_date > documents.settled_up_to)

)

select * from settlements_of_documents
