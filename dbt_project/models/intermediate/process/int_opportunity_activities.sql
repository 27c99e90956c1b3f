with activities as (

    select * from {{ ref('stg_activities') }}
    where activity_on <= {{ as_of() }}

),

opportunities as (

    select opportunity_id, customer_id, created_on, closed_on
    from {{ ref('int_opportunities') }}

),

named as (

    select opportunities.opportunity_id, activities.activity_id, activities.activity_on, activities.kind, activities.next_on
    from activities
    inner join opportunities
        on activities.opportunity_id = opportunities.opportunity_id

),

-- An activity that names no opportunity speaks for all that its customer had open that day.
of_the_customer as (

    select opportunities.opportunity_id, activities.activity_id, activities.activity_on, activities.kind, activities.next_on
    from activities
    inner join opportunities
        on activities.customer_id = opportunities.customer_id
        and activities.activity_on >= opportunities.created_on
        and activities.activity_on <= coalesce(opportunities.closed_on, {{ far_day() }})
    where activities.opportunity_id is null

)

select * from named
union all
select * from of_the_customer
