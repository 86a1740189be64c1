// Builds static/vendor/sprite.svg from the bootstrap-icons package (MIT).
// Run by build.sh from this folder.
import { readFileSync, writeFileSync } from "node:fs";

const modules = "node_modules";
const names = readFileSync("icons.txt", "utf8").split("\n").filter(Boolean);

// Two decimals are invisible on a 16-unit grid and save a fifth of the bytes.
// Numbers are re-joined with care: ".9.995" must not become ".91".
const shorten = (d) => {
  let out = "";
  let previous = "";
  for (const token of d.match(/[a-zA-Z]|-?(?:\d*\.\d+|\d+)/g)) {
    let text = token;
    if (/\d/.test(token)) {
      text = String(Math.round(Number(token) * 100) / 100).replace(/^(-?)0\./, "$1.");
      const glued = text.startsWith("-") || (text.startsWith(".") && previous.includes("."));
      if (/\d/.test(previous) && !glued) out += " ";
    }
    out += text;
    previous = text;
  }
  return out;
};

const symbols = names.map((name) => {
  const svg = readFileSync(`${modules}/bootstrap-icons/icons/${name}.svg`, "utf8");
  const body = svg.replace(/^[\s\S]*?<svg[^>]*>|<\/svg>\s*$/g, "").replace(/>\s+</g, "><").trim();
  return `<symbol id="${name}" viewBox="0 0 16 16">${body.replace(/ d="([^"]*)"/g, (m, d) => ` d="${shorten(d)}"`)}</symbol>`;
});

// Our own mark: one tooth of the gigi balang, which is also a map pin.
symbols.unshift(
  '<symbol id="merek" viewBox="0 0 38 38"><rect width="38" height="38" rx="9" fill="#ffc933"/>' +
    '<path fill="#0a4632" d="M4 6h30v5c-5.5 0-8 2-10 6.5L19 33l-5-15.5C12 13 9.5 11 4 11z"/>' +
    '<circle cx="19" cy="14.5" r="3.5" fill="#ffc933"/></symbol>',
);

writeFileSync(
  "../static/vendor/sprite.svg",
  `<svg xmlns="http://www.w3.org/2000/svg"><!-- Bootstrap Icons, MIT -->\n${symbols.join("\n")}\n</svg>\n`,
);
console.log(`${names.length} icons`);
