with figures as (

    select
        scope,
        scope_id,
        period_label,
        figure,
        amount
    from {{ ref('stg_control_figures') }}

),

company as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

books as (

    select *
    from {{ ref('int_collection_rates') }}
    where entity_kind = 'org_unit'

),

compared as (

    select
        figures.scope,
        case when figures.scope = 'company' then company.org_unit_id else figures.scope_id end as scope_id,
        figures.figure,
        books.period_type,
        books.period_start,
        books.period_label,
        figures.amount as expected_amount,
        case figures.figure
            when 'receivable' then books.closing_receivable_amount
            when 'billed' then books.billed_amount
            when 'cash' then books.received_amount
        end as actual_amount
    from figures
    cross join company
    inner join books
        on books.period_label = figures.period_label
        and books.entity_id = case when figures.scope = 'company' then company.org_unit_id else figures.scope_id end

)

select * from compared
where actual_amount is not null
