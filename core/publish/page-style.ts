/** The one style sheet of the published pages: phone, desk, dark room, high contrast and paper. */
export const pageStyle = `:root{color-scheme:light dark;--ink:#1d1f1e;--dim:#555956;--line:#d6d3cb;--ground:#f6f5f2;--panel:#fff;--accent:#1a5f48;--busy:#e7eee9;--closed:#ece9e2;--holiday:#a12a25}
@media(prefers-color-scheme:dark){:root{--ink:#eceeec;--dim:#a7ada8;--line:#3c413d;--ground:#161816;--panel:#1d201e;--accent:#78d2b0;--busy:#22392f;--closed:#2c302d;--holiday:#f4a29b}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;color:var(--ink);background:var(--ground)}
a{color:var(--accent)}
a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{left:16px;top:8px;padding:8px 12px;background:var(--panel)}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{margin:0;font-size:1.8rem;line-height:1.2}
h2{margin:36px 0 10px;font-size:1.2rem}
h3{margin:18px 0 6px;font-size:1rem}
.place,.facts,footer{color:var(--dim)}
.place,.facts{margin:4px 0}
nav ul{display:flex;flex-wrap:wrap;gap:4px 14px;margin:14px 0;padding:0;list-style:none}
nav a{display:inline-block;min-height:24px}
[aria-current]{font-weight:600;color:var(--ink);text-decoration:none}
table{width:100%;border-collapse:collapse;table-layout:fixed;background:var(--panel)}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
th{padding:6px 8px;font-size:.85rem;text-align:left;color:var(--dim);border:1px solid var(--line)}
td{height:84px;padding:6px 8px;vertical-align:top;border:1px solid var(--line);overflow-wrap:anywhere}
td.out{background:var(--ground)}
.long{display:none}
.date{font-weight:600}
ul.events{margin:4px 0 0;padding:0;list-style:none}
.events li{margin:3px 0;padding:2px 6px;border-left:3px solid var(--accent);background:var(--busy);font-size:.875rem}
.events li.closed{border-left:3px double var(--dim);background:var(--closed)}
.events li.open{padding-left:0;border:0;background:none;color:var(--dim)}
.events .what{display:block}
.time{font-variant-numeric:tabular-nums;white-space:nowrap}
.holiday{display:block;font-size:.8rem;font-weight:600;color:var(--holiday)}
h3 .holiday{display:inline;margin-left:10px}
.list .events li{display:flex;flex-wrap:wrap;gap:0 14px;font-size:1rem;padding:4px 10px}
.list .time{min-width:7.5em}
.list .what{flex:1 1 12em}
footer{margin-top:40px;padding-bottom:40px;border-top:1px solid var(--line)}
@media(max-width:720px){table,tbody,tr,td{display:block}thead{display:none}td{height:auto;border:0;border-top:1px solid var(--line)}td.empty{display:none}.short{display:none}.long{display:inline}}
@media(prefers-contrast:more){:root{--line:#55534d;--dim:var(--ink)}}
@media print{:root{color-scheme:light;--ink:#000;--dim:#333;--ground:#fff;--panel:#fff;--busy:#fff;--closed:#fff;--accent:#000}body{font-size:10pt}nav,.skip{display:none}section.month{break-after:page}section.month:last-of-type{break-after:auto}td{height:60pt}tr,li,h2,h3{break-inside:avoid}h2,h3{break-after:avoid}thead{display:table-header-group}a{text-decoration:none}@page{margin:12mm}}`
