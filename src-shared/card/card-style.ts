/** Style of the page: light and dark by what the reader's system asks for, colours of the splits after Okabe and Ito. */
export const CARD_STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --text: #16191c; --quiet: #5b6167; --line: #d5d9dd; --code: #f3f5f7;
  --link: #0b5cad; --train: #0072b2; --test: #d55e00; --sea: #f4f8fb; --land: #e6e5e0; --coast: #8b8f93; --graticule: #cbd2d8; }
@media (prefers-color-scheme: dark) { :root { --paper: #16191c; --text: #e8eaec; --quiet: #a4abb2; --line: #3a4047;
  --code: #20252a; --link: #7ab8f5; --train: #56b4e9; --test: #e69f00; --sea: #1a2129; --land: #31363b; --coast: #767d84;
  --graticule: #3d454d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 880px; margin: 0 auto; padding: 24px 16px 64px; }
h1 { font-size: 26px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { font-size: 19px; margin: 40px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line); }
h3 { font-size: 15px; margin: 20px 0 4px; }
p, li { max-width: 72ch; overflow-wrap: anywhere; }
a { color: var(--link); }
.summary { color: var(--quiet); }
.scroll { overflow-x: auto; margin: 12px 0 20px; }
table { border-collapse: collapse; font-size: 13px; }
caption { text-align: left; font-weight: 600; padding-bottom: 4px; white-space: nowrap; }
th, td { text-align: right; padding: 3px 12px 3px 0; border-bottom: 1px solid var(--line); vertical-align: top;
  font-variant-numeric: tabular-nums; white-space: nowrap; }
th:first-child { text-align: left; white-space: normal; }
table.words td { text-align: left; white-space: normal; overflow-wrap: anywhere; }
table.words th { text-align: left; }
thead th { color: var(--quiet); font-weight: 600; }
tbody th { font-weight: 400; }
pre { background: var(--code); border: 1px solid var(--line); border-radius: 6px; padding: 12px; overflow-x: auto; font-size: 13px; }
pre.wrap { white-space: pre-wrap; overflow-wrap: anywhere; }
figure { margin: 16px 0 24px; }
figcaption { font-weight: 600; font-size: 13px; margin-bottom: 4px; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
svg text.name { fill: var(--text); font-weight: 600; }
.train { fill: var(--train); } .test { fill: var(--test); }
.frame, .outline { stroke: var(--quiet); fill: none; }
.sea { fill: var(--sea); } .land { fill: var(--land); stroke: var(--coast); stroke-width: 0.7; }
.border { fill: none; stroke: var(--coast); stroke-width: 0.5; } .graticule { fill: none; stroke: var(--graticule); stroke-width: 0.6; }
.key { display: inline-block; width: 10px; height: 10px; margin: 0 4px 0 12px; border-radius: 2px; }
.key.train { background: var(--train); } .key.test { background: var(--test); }
@media print { main { max-width: none; } .scroll { overflow: visible; } pre { white-space: pre-wrap; } }
`
