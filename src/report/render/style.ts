// The style sheet of the page. It stands in the page and is named there by its hash: nothing else is let in.

export const STYLE = `
:root{color-scheme:light dark;--ground:#f3f5f4;--panel:#fff;--ink:#16211f;--soft:#55625f;--line:#dbe1df;--link:#135f7d;--series:#1c6f8f;--other:#a9b6b2;--brand:#c22a50;--mark:#fdf3d0}
@media (prefers-color-scheme:dark){:root{--ground:#0f1514;--panel:#161e1d;--ink:#e3eae8;--soft:#9daca8;--line:#27322f;--link:#74bfdb;--series:#62b3d1;--other:#5d6f6a;--brand:#f0708e;--mark:#352b0c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",Arial,sans-serif;overflow-wrap:anywhere}
main{max-width:860px;margin:0 auto;padding:28px 24px 48px}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em}
h2{font-size:1.25rem;line-height:1.25;margin:0 0 8px}
h2 .n{color:var(--brand);margin-right:8px}
h3{font-size:1rem;margin:22px 0 6px}
p{margin:0 0 10px}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.kicker{color:var(--brand);font-weight:650;letter-spacing:.02em;margin:0 0 6px}
.soft{color:var(--soft)}
.mark{background:var(--mark);border-radius:6px;padding:8px 12px}
nav ol{columns:2;column-gap:28px;padding-left:1.5em;margin:8px 0 0}
section{background:var(--panel);border:1px solid var(--line);border-radius:10px;padding:18px 20px;margin-top:16px}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(180px,1fr));gap:10px;margin:12px 0 4px;padding:0;list-style:none}
.cards li{border:1px solid var(--line);border-radius:8px;padding:10px 12px;display:flex;flex-direction:column}
.cards .v{font-size:1.55rem;font-weight:650;line-height:1.2;font-variant-numeric:tabular-nums}
.cards .l{font-size:.9rem}
.cards .c{font-size:.8rem;color:var(--soft)}
.cards .q{font-size:.8rem;margin-top:auto;padding-top:4px}
figure{margin:4px 0 8px}
svg{display:block;width:100%;height:auto}
.grid{stroke:var(--line);stroke-width:1;fill:none}
.axis{font-size:11px;fill:var(--soft)}
.label{font-size:13px;fill:var(--ink)}
.s0,.k0{fill:var(--series);background:var(--series)}
.s1,.k1{fill:var(--other);background:var(--other)}
.legend{font-size:.82rem;color:var(--soft);margin:0}
.key{display:inline-block;width:11px;height:11px;border-radius:2px;margin:0 5px 0 8px}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.9rem}
th{white-space:nowrap;text-align:left;font-size:.8rem;color:var(--soft);font-weight:600;padding:5px 8px;border-bottom:1px solid var(--line)}
td{overflow-wrap:break-word;padding:5px 8px;border-bottom:1px solid var(--line);vertical-align:top}
.r{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{margin:4px 0}
summary{cursor:pointer;color:var(--link);font-size:.9rem}
.from{font-size:.8rem;margin:4px 0 0}
pre{background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:10px 12px;font-size:.78rem;line-height:1.45;overflow-x:auto;white-space:pre-wrap}
code{font-family:ui-monospace,"DejaVu Sans Mono",monospace}
:target{scroll-margin-top:12px;outline:2px solid var(--brand);outline-offset:6px;border-radius:4px}
@media (max-width:40em){.bars{display:none}.axis{font-size:18px}}
@media print{@page{size:A4;margin:16mm 14mm}:root{--ground:#fff}body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{max-width:none;padding:0}section{border:0;border-top:2px solid var(--line);border-radius:0;padding:14px 0 0;margin-top:18px}h2,h3,figure,.cards li,tr{break-inside:avoid}h2,h3{break-after:avoid}.scroll{overflow:visible}details{display:none}pre{font-size:6.5pt;line-height:1.25;padding:4px 6px;margin:4px 0}#queries ul{margin:2px 0}#queries li{font-size:8pt}#queries h3{margin:10px 0 2px}.from{font-size:7.5pt}}
`;
