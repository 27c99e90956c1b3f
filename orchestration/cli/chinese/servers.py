"""What is said of databases, HTTP APIs and remote folders."""

SERVERS = {
    "Asking servers": "查询服务器",
    # mappings
    "write how far to look back as 30m, 2h or 1d, or as a number; not `{}`.": (
        "回看多久请写成 30m、2h 或 1d，或写一个数；不要写“{}”。"
    ),
    "name either a `table` (or view) or a `query`.": "请写 table（表或视图）或 query，二者选一。",
    "say where the rows come from: name either `files`, a `database` or an `api`.": (
        "请写明数据从哪里来：files、database、api 三者选一。"
    ),
    "write the address as https://HOST/PATH, without user, password or query.": (
        "地址请写成 https://主机/路径，不带用户、密码和查询参数。"
    ),
    "with `load: full` all rows are fetched each time; any other load needs a `cursor`.": (
        "load: full 每次取全部数据；其他 load 需要 cursor。"
    ),
    "Its server has not answered; `salesops status` says why. The next load asks it again.": (
        "它的服务器没有应答；`salesops status` 说明原因。下次装载会再查询。"
    ),
    # required sources
    "the source `{}` is required, and its server gave nothing: {}": "数据来源“{}”是必需的，但它的服务器没有给出数据：{}",
    "the server gave no row at all; the rows that it gave before stay.": "服务器一行也没有给出；以前给出的行保留不变。",
    "Look there: does this user see the rows?": "请到那里看：此用户能看到数据吗？",
    # HTTP APIs
    "the answer of the API is no JSON.": "接口的应答不是 JSON。",
    "Is it the address of the API, or that of a web page?": "这是接口的地址，还是网页的地址？",
    "the answer of the API has no `{}`.": "接口的应答中没有“{}”。",
    "Name in `data` where the rows stand; `$` if the answer is a list.": (
        "请在 data 写明数据在应答中的位置；应答本身是列表时写 $。"
    ),
    "the entries of `{}` are no objects.": "“{}”中的各项不是对象。",
    "Name in `data` the list of objects.": "请在 data 写对象列表的位置。",
    "the cursor `{}` is in no row of the answer.": "应答的各行中都没有游标“{}”。",
    "Name the field that says when a row was changed last.": "请写表示最后修改时间的字段。",
    "the API refuses the login ({}).": "接口拒绝登录（{}）。",
    "Mend the value of the variable that `headers` names.": "请改正 headers 所写变量的值。",
    "the API has no such path (404).": "接口没有这个路径（404）。",
    "Mend `url` or `path`.": "请改正 url 或 path。",
    "the API says again and again that it is asked too often (429).": "接口一再表示请求过于频繁（429）。",
    "The next run asks again; ask its provider for a higher limit.": "下次运行会再查询；可请提供方提高限额。",
    "the API answers with an error ({}).": "接口应答出错（{}）。",
    "The next run asks again; if it stays, ask its provider.": "下次运行会再查询；若一直如此，请问提供方。",
    "the API does not answer, or the connection broke off.": "接口没有应答，或连接中断。",
    "the API could not be read ({}).": "无法读取接口（{}）。",
    "Compare `paging` and `cursor` with the API's own description.": "请对照接口说明检查 paging 和 cursor。",
    # remote folders
    "name either files in landing/ or files of a server, not both.": "files 请只写 landing/ 中的文件或只写服务器上的文件，不要混写。",
    "a password never stands in a file; write $NAME for an address with a password, as $EXPORTS_URL/*.csv.": (
        "密码不得写在文件里；带密码的地址请写 $变量名，如 $EXPORTS_URL/*.csv。"
    ),
    "the address of the folder begins neither with s3:// nor with sftp://.": "文件夹地址既不以 s3:// 也不以 sftp:// 开头。",
    "Write it as s3://BUCKET/FOLDER/*.csv or sftp://USER@HOST/FOLDER/*.csv.": (
        "请写成 s3://桶/文件夹/*.csv 或 sftp://用户@主机/文件夹/*.csv。"
    ),
    "the key of this SFTP server is not known here.": "本机不认识此 SFTP 服务器的密钥。",
    "Compare its key with the administrator's, and add it to ~/.ssh/known_hosts (`ssh-keyscan HOST`).": (
        "请与管理员核对其密钥，再加入 ~/.ssh/known_hosts（`ssh-keyscan 主机`）。"
    ),
    "the remote folder refuses the login.": "远程文件夹拒绝登录。",
    "Mend the user, password or key, or ask for the right to list and read it.": (
        "请改正用户、密码或密钥，或申请列出和读取的权限。"
    ),
    "there is nothing at the address of the remote folder.": "远程文件夹的地址处什么也没有。",
    "Mend the address.": "请改正地址。",
    "the remote folder does not answer, or the connection broke off ({}).": "远程文件夹没有应答，或连接中断（{}）。",
    # databases
    "the value of the variable is no address of a database that can be read here.": (
        "变量的值不是这里能读取的数据库地址。"
    ),
    "Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE or mysql://USER:PASSWORD@HOST:3306/DATABASE.": (
        "请写成 postgresql://用户:密码@主机:5432/数据库 或 mysql://用户:密码@主机:3306/数据库。"
    ),
    "the database has no table `{}`.": "数据库中没有表“{}”。",
    "Write it as TABLE, or as SCHEMA.TABLE.": "请写成 表名，或 模式.表名。",
    "the cursor `{}` is no column of what is fetched.": "游标“{}”不是所取数据的列。",
    "Name a column that grows with every change.": "请写一个每次改动都会变大的列。",
    "the database refuses the user or the password.": "数据库拒绝此用户或密码。",
    "Mend the value of {}; nothing of it is shown here.": "请改正 {} 的值；此处不显示其中任何内容。",
    "the server has no database of that name.": "服务器上没有这个名字的数据库。",
    "Mend the value of {}.": "请改正 {} 的值。",
    "the user may not read this table.": "此用户无权读取这个表。",
    "Ask the administrator for the right to select from it.": "请向管理员申请对它的查询权限。",
    "the database refuses the query: {}": "数据库拒绝此查询：{}",
    "Try it in the database's own client.": "请在数据库自带的客户端中试一试。",
    "the database server does not answer, or the connection broke off.": "数据库服务器没有应答，或连接中断。",
    "Is it up, and may this machine reach it? The next run asks again.": (
        "它是否在运行，本机能否连到它？下次运行会再查询。"
    ),
    "the database could not be read ({}).": "无法读取数据库（{}）。",
}
