{%- set people = latest_version(source('raw', 'employees'), ['employee_id']) -%}
{%- set customers = latest_version(source('raw', 'customers'), ['customer_id']) -%}

with asked as (

    select distinct entity, looked_in from {{ source('corrections', 'look_ups') }}

),

employees as (

    {{ people }}

),

customers as (

    {{ customers }}

),

named as (

    select 'employees' as entity, 'name' as looked_in, name as given, employee_id as code, name from employees
    union all
    select 'employees' as entity, 'name_en' as looked_in, name_en as given, employee_id as code, name from employees
    union all
    select 'employees' as entity, 'email' as looked_in, email as given, employee_id as code, name from employees
    {% for entity in ['customers', 'payers'] %}
    union all
    select '{{ entity }}' as entity, 'name' as looked_in, name as given, customer_id as code, name from customers
    union all
    select '{{ entity }}' as entity, 'name_en' as looked_in, name_en as given, customer_id as code, name from customers
    {% endfor %}

),

{# Codes that were merged count as the one that is left. #}
wanted as (

    select
        named.entity,
        named.looked_in,
        named.given,
        coalesce(alias.becomes, named.code) as code,
        named.code as own_code,
        named.name
    from named
    inner join asked
        on named.entity = asked.entity
        and named.looked_in = asked.looked_in
    left join {{ ref('stg_aliases') }} as alias
        on named.entity = alias.entity
        and named.code = alias.given
        and {{ as_of() }} between alias.valid_from and alias.valid_to

),

{# A cell may hold the code itself; a code counts before a name. #}
codes as (

    select distinct entity, looked_in, own_code as given, code, own_code || ' ' || name as candidate, 1 as place
    from wanted

),

names as (

    select distinct entity, looked_in, given, code, own_code || ' ' || name as candidate, 2 as place
    from wanted
    where given is not null

),

ranked as (

    select
        *,
        min(place) over (partition by entity, looked_in, given) as first_place
    from (
        select * from codes
        union all
        select * from names
    ) as either

)

select
    entity,
    looked_in,
    given,
    case when count(distinct code) = 1 then min(code) end as code,
    {{ dbt.listagg('candidate', "'; '", 'order by candidate') }} as candidates
from ranked
where place = first_place
group by entity, looked_in, given
