"""What `salesops inspect` says."""

INSPECT = {
    "Look into exports that no mapping knows: how they read, which tables they feed, and how sure that is.\n\n"
    "Example: `salesops inspect ~/exports`, then `salesops inspect ~/exports --write`. Only the first megabytes of each\n"
    "file are read, and nothing is loaded.": (
        "查看还没有映射的导出文件：如何读取、对应哪些数据表、把握有多大。\n\n"
        "例：先 `salesops inspect ~/exports`，再 `salesops inspect ~/exports --write`。"
        "每个文件只读开头几兆字节，不加载任何数据。"
    ),
    "Files or folders; without any, landing/ of the workspace.": "文件或文件夹；不写则看工作区的 landing/。",
    "Save what is proposed as sources/NAME.yml.": "把建议的映射存为 sources/名称.yml。",
    "Write over mappings that are there already.": "覆盖已有的映射。",
    "Looking into the files …": "正在查看文件……",
    "Nothing was written. `--write` saves these mappings in sources/.": "尚未写入任何文件。加 `--write` 把这些映射存入 sources/。",
    "Next: look at lines marked with ?, then `salesops check` and `salesops run`.": (
        "下一步：查看标有 ? 的行，然后运行 `salesops check` 和 `salesops run`。"
    ),
    "\n{files}{more}": "\n{files}{more}",
    ", {count} files": "，{count} 个文件",
    "separated by {sign}": "分隔符 {sign}",
    "sheet {sheet}": "工作表 {sheet}",
    "header in row {rows}": "表头在第 {rows} 行",
    "total row ({word})": "有合计行（{word}）",
    "each value once: {columns}": "取值不重复：{columns}",
    "only the beginning was read": "只读了开头",
    "  → {table} ({sure} %), {load}: {why}": "  → {table}（{sure} %），{load}：{why}",
    "    field": "    字段",
    "column": "列",
    "sure": "把握",
    "why": "依据",
    "  {table} needs `{field}`, and no column feeds it.": "  {table} 需要“{field}”，但没有列对应。",
    "  Columns that feed nothing yet: {columns}": "  尚未使用的列：{columns}",
    "  No table fits. Nearest is {table}; it needs {missing}.": "  没有合适的数据表。最接近的是 {table}，它还需要 {missing}。",
    "  {table}: of the rows looked at, {loaded} would load, {kept_out} be kept out, {skipped} be skipped.": (
        "  {table}：看过的行中，{loaded} 行可加载，{kept_out} 行会被隔离，{skipped} 行会被跳过。"
    ),
    "    row {line}: {reasons}": "    第 {line} 行：{reasons}",
    "{path} is there already, and was left as it is; --force writes over it.": "{path} 已存在，未改动；加 --force 可覆盖。",
    "{path} is a draft: nothing feeds {missing}. Name a column, then rename it to .yml.": (
        "{path} 还是草稿：{missing} 没有来源。请指定列，再把文件改名为 .yml。"
    ),
    "Written: {path}": "已写入：{path}",
    "Name files or folders that are there.": "请写存在的文件或文件夹。",
    # presets
    "there is no preset `{}`.": "没有预设“{}”。",
    "`with` needs a `column` and `values` for the two cells, as `true/false: lost`.": (
        "`with` 须与 `column` 和 `values` 同用，values 写两格的组合，如 `true/false: lost`。"
    ),
    "the column `{}` feeds a required field, so that no export may lack it.": "列“{}”对应必填字段，导出文件不能缺少它。",
    "Take it out of `may_lack`.": "请从 `may_lack` 中删去。",
    "`{line}` counts the rows of a document, but nothing says which column names the document.": (
        "`{line}` 是单据内的行号，却没有写明哪一列是单据号。"
    ),
    "Name that column first in `read: {fill_down: [...]}`.": "请把该列写在 `read: {fill_down: [...]}` 的第一个。",
    # reasons
    "the name is the field's own": "列名就是字段名",
    "the name is a synonym": "列名是同义词",
    "the name is a general synonym": "列名是通用同义词",
    "nothing else names it": "没有更合适的列",
    "the name is like {}": "列名近似 {}",
    "the values are in {}": "取值都在 {} 中",
    "the name is a synonym, but the values are not in {}": "列名是同义词，但取值不在 {} 中",
    "the name is the field's own, but the values are not in {}": "列名就是字段名，但取值不在 {} 中",
    "the name is a general synonym, but the values are not in {}": "列名是通用同义词，但取值不在 {} 中",
    "the preset {} says so": "预设 {} 如此规定",
    "It says what the preset {preset} says, for the columns that this export has.": (
        "内容取自预设 {preset}，只含此文件有的列。"
    ),
    "its sign goes with {}": "正负号取决于 {}",
    "the first column, with each value once": "第一列，取值不重复",
    "day and month cannot be told apart": "日和月无法分辨",
    "the day in the title or the file's name": "标题或文件名中的日期",
    "no column says it, the usual value is taken": "没有列说明，取常用值",
    "the unit in the header": "表头中的单位",
    "the owners are in that table": "对象编码都在该表中",
    "later files are much smaller: they hold what changed": "后来的文件小得多：只含变动部分",
    "this table's exports usually come so": "这类导出通常如此",
    # comments in a mapping
    "Proposed by `salesops inspect` from {name}; lines marked with ? deserve a look.": (
        "由 `salesops inspect` 根据 {name} 建议；标有 ? 的行请核对。"
    ),
    "Columns that feed nothing yet:": "尚未使用的列：",
    "the others are skipped": "其余的行跳过",
    "kept out until these values are mapped:": "下列取值写入映射之前会被隔离：",
    "nothing feeds this field, and the table needs it": "该表需要这个字段，但没有列对应",
    "or": "或",
}
