with applied as (

    select
        *,
        case when not is_assumed then source_id end as stated_id
    from {{ ref('int_receivable_movements') }}
    where kind = 'applied'

),

applications as (

    select
        applied.source_id as application_id,
        applied.receipt_id,
        applied.document_id,
        applied.instalment_number,
        applied.business_date,
        applied.is_assumed,
        documents.customer_id,
        documents.employee_id,
        documents.org_unit_id,
        instalments.due_on,
        greatest({{ dbt.datediff('instalments.due_on', 'applied.business_date', 'day') }}, 0) as days_late,
        cast(- applied.amount as decimal(18, 2)) as amount,
        stated._file,
        stated._line
    from applied
    inner join {{ ref('int_receivable_owners') }} as documents
        on applied.document_id = documents.document_id
    inner join {{ ref('int_receivable_instalments') }} as instalments
        on applied.document_id = instalments.document_id
        and applied.instalment_number = instalments.instalment_number
    left join {{ ref('stg_receipt_applications') }} as stated
        on applied.stated_id = stated.application_id

)

select * from applications
