// Taking it away: an address, a command line, a file for --config-dir, a citation; and each figure as SVG, PNG or CSV.

import { address, playLine, yaml } from "./state.js";
import { counted } from "./numbers.js";

const STYLE = `text{font:12px system-ui,sans-serif;fill:#1d2330}.tick{fill:#4d5666}.value{fill:#8a1f1b}.grid{stroke:#e1e5ea}.axis{stroke:#4d5666}
.interval,.curve,.raises.interval{stroke:#a32b26;stroke-width:2.5;fill:none}.now,.raises{fill:#a32b26}.lowers{fill:#0b5c8c}.interval.lowers{stroke:#0b5c8c}.faint,.open{stroke:#5b6472;fill:#fff}
.kept{fill:none;stroke:#5b6472;stroke-width:2}.certain{fill:none;stroke:#5b6472}.unknown{fill:#c9b458;fill-opacity:.45;stroke:#7d6a14;stroke-dasharray:3 2}.band{fill:#a32b26;fill-opacity:.18}
.here{stroke:#4d5666;stroke-dasharray:4 3}.steps{stroke:#8a93a1;fill:none}.cursor{stroke:none}.a{fill:#0b5c8c}.b{fill:#b35c00}.a.words{fill:#fff;stroke:#0b5c8c}.b.words{fill:#fff;stroke:#b35c00}.step{fill:#3d7a37}`;

/** A picture as a file of its own: its style with it, on white, with what it is and where from below. */
export function svgFile(svg, foot) {
  const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/).map(Number);
  const open = svg.indexOf(">") + 1;
  const head = svg.slice(0, open).replace(/viewBox="[^"]*"/, `viewBox="0 0 ${width} ${height + 24}"`).replace(/height="[^"]*"/, `height="${height + 24}"`);
  const ground = `<style>${STYLE}</style><rect width="${width}" height="${height + 24}" fill="#fff"/>`;
  const text = foot.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return `${head}${ground}${svg.slice(open, -6)}<text x="8" y="${height + 16}" class="tick">${text}</text></svg>`;
}

/** A picture as PNG, twice as fine as on the screen; a Blob. */
export async function pngFile(svg) {
  const [, width, height] = svg.match(/viewBox="0 0 ([\d.]+) ([\d.]+)"/).map(Number);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** Rows as CSV; a cell that a spreadsheet would compute is quoted as text. */
export function csvFile(rows) {
  const cell = (value) => {
    const text = typeof value === "string" && /^[=+\-@\t]/.test(value) ? `'${value}` : String(value);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Hand a file to the reader. */
export function hand(name, content, type) {
  const link = Object.assign(document.createElement("a"), { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** What made the numbers, in one line to quote. */
export function citation(page) {
  const { data, state, measured } = page, year = data.year ? ` (${data.year})` : "";
  return `escalation-game ${data.version}${year}, rules ${data.rules}, played in the browser: ${page.title()}, seed ${state.seed}, runs 0 to ${(measured.runs - 1).toLocaleString("en-US")}. ${page.answer()} The same numbers: ${page.figureLine()}`;
}

/** The texts one can take: [name, what it is for, text]. */
export function texts(page) {
  const { data, state } = page, hash = address(data, state);
  return [
    ["Address", "opens this page with these settings", `${location.href.split("#")[0]}${hash ? `#${hash}` : ""}`],
    ["Command line", "tells this run and says how many like it end", playLine(data, state, Math.max(10000, page.measured.runs))],
    ["This figure", "the command that gives these numbers", page.figureLine()],
    ["File", "for --config-dir", yaml(data, state)],
    ["Citation", `${counted(page.measured.runs, "run")} so far`, citation(page)],
  ];
}
