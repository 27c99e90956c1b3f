with credit_notes as (

    select * from {{ ref('int_credit_notes_in_company_currency') }}
    where credited_on <= {{ as_of() }}

),

with_unit as (

    select
        credit_notes.credit_note_id,
        credit_notes.invoice_id,
        credit_notes.credited_on as business_date,
        credit_notes.customer_id,
        credit_notes.employee_id,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id,
        credit_notes.currency,
        cast(credit_notes.exchange_rate as decimal(18, 8)) as exchange_rate,
        credit_notes.net_amount,
        credit_notes.gross_amount,
        credit_notes._file,
        credit_notes._line
        {{- extra_columns('credit_notes', 'credit_notes') }}
    from credit_notes
    left join {{ ref('int_seller_units') }} as sellers
        on credit_notes.employee_id = sellers.employee_id
        and credit_notes.credited_on >= sellers.valid_from
        and credit_notes.credited_on < sellers.valid_to

)

select * from with_unit
