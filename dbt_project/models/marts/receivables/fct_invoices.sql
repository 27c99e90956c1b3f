with invoices as (

    select
        invoice_id as document_id,
        'invoice' as document_kind,
        cast(null as {{ dbt.type_string() }}) as credited_invoice_id,
        invoiced_on as business_date,
        due_on,
        customer_id,
        employee_id,
        order_id,
        currency,
        original_net_amount,
        original_gross_amount,
        exchange_rate,
        net_amount,
        gross_amount,
        _file,
        _line
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'

),

credit_notes as (

    select
        credit_note_id as document_id,
        'credit_note' as document_kind,
        invoice_id as credited_invoice_id,
        credited_on as business_date,
        cast(null as date) as due_on,
        customer_id,
        employee_id,
        order_id,
        currency,
        original_net_amount,
        original_gross_amount,
        exchange_rate,
        net_amount,
        gross_amount,
        _file,
        _line
    from {{ ref('int_credit_notes_in_company_currency') }}

),

documents as (

    select * from invoices
    union all
    select * from credit_notes

),

known_by_then as (

    select
        document_id,
        document_kind,
        credited_invoice_id,
        business_date,
        due_on,
        customer_id,
        documents.employee_id,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id,
        order_id,
        currency,
        cast(original_net_amount as decimal(18, 2)) as original_net_amount,
        cast(original_gross_amount as decimal(18, 2)) as original_gross_amount,
        exchange_rate,
        net_amount,
        gross_amount,
        _file,
        _line
    from documents
    left join {{ ref('int_seller_units') }} as sellers
        on documents.employee_id = sellers.employee_id
        and documents.business_date >= sellers.valid_from
        and documents.business_date < sellers.valid_to
    where business_date <= {{ as_of() }}

)

select * from known_by_then
