/// The style of a page, which needs nothing from anywhere else: light and dark as the reader's system is, black on white on paper.
enum PageStyle {
    static let css = """
        :root{color-scheme:light dark;--bg:#fbfbfa;--card:#fff;--ink:#1c2024;--soft:#60666d;--line:#e3e5e8;--ref:#c9d0d8;--win:#1f6feb;
        --bad:#c62f2f;--bad-bg:#fdecec;--good:#1a7f45;--good-bg:#e7f6ec;--warn:#8a6100;--warn-bg:#fdf3dc}
        @media(prefers-color-scheme:dark){:root{--bg:#131518;--card:#1b1e22;--ink:#e8eaed;--soft:#9aa1a9;--line:#2d3238;--ref:#444c56;
        --win:#5aa2ff;--bad:#ff7b72;--bad-bg:#3a1d1d;--good:#4cc17a;--good-bg:#17301f;--warn:#e0b050;--warn-bg:#33290f}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
        font-variant-numeric:tabular-nums}
        main{max-width:1120px;margin:0 auto;padding:40px 24px 64px}h1{font-size:26px;line-height:1.2;margin:0 0 6px;letter-spacing:-.01em}
        h2{font-size:17px;margin:40px 0 12px}h3{font-size:15px;margin:0;display:flex;gap:8px;align-items:baseline;flex-wrap:wrap;overflow-wrap:anywhere}
        p{margin:0 0 8px}.wide+p{margin-top:10px}.soft{color:var(--soft)}.verdict{display:flex;gap:14px;align-items:center;border-radius:12px;padding:16px 20px;margin:22px 0;font-size:17px}
        .verdict b{font-size:19px;white-space:nowrap}.drift{background:var(--bad-bg);color:var(--bad)}.no_drift{background:var(--good-bg);color:var(--good)}
        .no_evidence{background:var(--warn-bg);color:var(--warn)}
        .verdict span{color:var(--ink)}table{border-collapse:collapse;width:100%;background:var(--card);border:1px solid var(--line);border-radius:12px;overflow:hidden}
        th,td{padding:8px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}tr:last-child td{border-bottom:0}
        th{color:var(--soft);font-weight:500;font-size:13px}th:first-child,td:first-child{text-align:left;white-space:normal;overflow-wrap:anywhere}
        td a{color:inherit;text-decoration:none}td a:hover{text-decoration:underline}tr.is-drift td:first-child{font-weight:600}
        .wide{overflow-x:auto}.bar{display:inline-block;height:8px;border-radius:4px;background:var(--win);vertical-align:middle;min-width:1px}
        .is-drift .bar{background:var(--bad)}.tag{font-size:12px;font-weight:500;padding:1px 8px;border-radius:99px;background:var(--line);color:var(--soft)}
        .tag.drift{background:var(--bad-bg);color:var(--bad)}.tag.no_evidence{background:var(--warn-bg);color:var(--warn)}
        .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,500px),1fr));gap:16px}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 18px;break-inside:avoid}
        .card svg{width:100%;height:auto;margin:10px 0 4px;display:block}dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 14px;margin:6px 0 0;font-size:13px}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        svg .r{fill:var(--ref)}svg .w{fill:none;stroke:var(--win);stroke-width:1.8;stroke-linejoin:round}svg.category .w{fill:var(--win);stroke:none}
        svg .axis{stroke:var(--line)}svg text{fill:var(--ink);font-size:11.5px}svg .tick{fill:var(--soft);text-anchor:middle;font-size:10.5px}
        svg .name{text-anchor:end}svg .rest,svg .change{fill:var(--soft)}.key{display:flex;gap:18px;font-size:13px;color:var(--soft);margin:0 0 12px}
        .key i{display:inline-block;width:14px;height:10px;border-radius:2px;margin-right:6px;background:var(--ref)}.key i.w{height:3px;background:var(--win);vertical-align:middle}
        ul{margin:0;padding-left:20px}footer{margin-top:48px;padding-top:16px;border-top:1px solid var(--line);font-size:13px;color:var(--soft)}
        @media print{:root{--bg:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--ref:#ccc;--win:#0b50b8;--bad:#a01818;--bad-bg:#fff;--good:#0b5f30;--good-bg:#fff;--warn-bg:#fff}
        main{max-width:none;padding:0}.verdict{border:1px solid var(--line)}h2{break-after:avoid}.cards{grid-template-columns:1fr 1fr}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
        """
}
