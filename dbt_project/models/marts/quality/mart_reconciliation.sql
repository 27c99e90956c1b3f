with check_names as (

    {{ reconciliation_checks() }}

),

months as (

    select period_start, period_label, period_state, cutoff
    from {{ ref('dim_period') }}
    where period_type = 'month'
        and has_begun

),

company as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

company_checks as (

    select
        checks.check_id,
        'company' as scope,
        company.org_unit_id as scope_id,
        'month' as period_type,
        months.period_label,
        months.period_start,
        checks.expected_amount,
        checks.actual_amount
    from (
        select check_id, period_start, expected_amount, actual_amount from {{ ref('int_checks_of_receivables') }}
        union all
        select check_id, period_start, expected_amount, actual_amount from {{ ref('int_checks_of_credit') }}
    ) as checks
    inner join months
        on checks.period_start = months.period_start
    cross join company

),

header_checks as (

    select
        'order_lines_equal_header' as check_id,
        'company' as scope,
        company.org_unit_id as scope_id,
        'month' as period_type,
        months.period_label,
        months.period_start,
        sum(headers.expected_amount) as expected_amount,
        sum(headers.actual_amount) as actual_amount
    from {{ ref('int_order_header_differences') }} as headers
    inner join months
        on headers.ordered_on >= months.period_start
        and headers.ordered_on < months.cutoff
    cross join company
    group by company.org_unit_id, months.period_label, months.period_start

),

rate_checks as (

    select
        'documents_have_an_exchange_rate' as check_id,
        'currency' as scope,
        documents.currency as scope_id,
        'month' as period_type,
        months.period_label,
        months.period_start,
        sum(documents.original_amount) as expected_amount,
        0 as actual_amount
    from {{ ref('int_documents_without_rate') }} as documents
    inner join months
        on documents.business_date >= months.period_start
        and documents.business_date < months.cutoff
    group by documents.currency, months.period_label, months.period_start

),

control_checks as (

    select
        'control_' || figure as check_id,
        scope,
        scope_id,
        period_type,
        period_label,
        period_start,
        expected_amount,
        actual_amount
    from {{ ref('int_control_figure_differences') }}

),

checks as (

    select * from company_checks
    union all
    select * from header_checks
    union all
    select * from rate_checks
    union all
    select * from control_checks

),

judged as (

    select
        checks.check_id,
        check_names.name_zh,
        check_names.name_en,
        checks.scope,
        checks.scope_id,
        checks.period_type,
        checks.period_label,
        checks.period_start,
        {{ money('checks.expected_amount') }} as expected_amount,
        {{ money('checks.actual_amount') }} as actual_amount,
        {{ money('checks.actual_amount - checks.expected_amount') }} as difference_amount,
        {{ money('check_names.tolerance_amount') }} as tolerance_amount,
        abs(checks.actual_amount - checks.expected_amount) <= check_names.tolerance_amount as is_ok,
        check_names.severity
    from checks
    inner join check_names
        on checks.check_id = check_names.check_id

)

select * from judged
