with steps as (

    select * from {{ ref('int_opportunity_steps') }}

),

periods as (

    select period_type, period_start, period_end, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

scopes as (

    select 'all' as scope
    union all
    select 'closing_in_period'

),

moves as (

    select
        periods.period_type,
        periods.period_start,
        scopes.scope,
        steps.*,
        {{ in_scope('steps.from') }} as was_in,
        {{ in_scope('steps.to') }} as is_in
    from steps
    inner join periods
        on steps.changed_on >= periods.period_start
        and steps.changed_on < periods.cutoff
    cross join scopes

),

-- One bucket a step: leaving comes before moving, moving before the amount.
buckets as (

    select
        period_type,
        period_start,
        scope,
        opportunity_id,
        case
            when was_in and not is_in then
                case when to_status = 'open' then 'pushed_out' when to_status in ('won', 'lost') then to_status else 'deleted' end
            when is_in and not was_in then
                case when from_status is null then 'new' when from_status = 'open' then 'pulled_in' else 'reopened' end
            when coalesce(to_amount, 0) > coalesce(from_amount, 0) then 'amount_up'
            when coalesce(to_amount, 0) < coalesce(from_amount, 0) then 'amount_down'
        end as bucket,
        case
            when was_in and is_in then abs(coalesce(to_amount, 0) - coalesce(from_amount, 0))
            when was_in then coalesce(from_amount, 0)
            else coalesce(to_amount, 0)
        end as amount
    from moves
    where was_in or is_in

),

standing as (

    {% for bucket, day in [('opening', 'period_start'), ('closing', 'cutoff')] %}
    select
        periods.period_type,
        periods.period_start,
        scopes.scope,
        steps.opportunity_id,
        '{{ bucket }}' as bucket,
        coalesce(steps.to_amount, 0) as amount,
        coalesce(steps.to_expected_close_on < periods.cutoff, false) as is_overdue,
        steps.to_amount is null as is_without_amount
    from periods
    inner join steps
        on {{ stands_before('steps', 'periods.' ~ day) }}
    cross join scopes
    where {{ in_scope('steps.to') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

walk as (

    select period_type, period_start, scope, opportunity_id, bucket, amount
    from buckets
    where bucket is not null
    union all
    select period_type, period_start, scope, opportunity_id, bucket, amount
    from standing
    union all
    select period_type, period_start, scope, opportunity_id, 'overdue_close', amount
    from standing
    where bucket = 'closing' and is_overdue
    union all
    select period_type, period_start, scope, opportunity_id, 'without_amount', amount
    from standing
    where bucket = 'closing' and is_without_amount

)

select * from walk
