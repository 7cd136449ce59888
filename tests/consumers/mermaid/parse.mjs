// Parses the flowcharts whose files are given, with mermaid's own parser, and prints what it found
// in each as JSON: type, configuration, labels, links and boxes.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

// Mermaid cleans labels with DOMPurify, which wants a document.
const { window } = new JSDOM("");
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import("mermaid");
mermaid.initialize({ startOnLoad: false });

const results = [];
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const { diagramType, config } = await mermaid.parse(text);
  const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
  const labels = [...diagram.db.getVertices().values()].map((vertex) => vertex.text);
  const links = diagram.db.getEdges().map((edge) => ({ text: edge.text, stroke: edge.stroke }));
  const boxes = diagram.db.getSubGraphs().map((box) => box.title);
  results.push({ diagramType, config, labels, links, boxes });
}
console.log(JSON.stringify(results));
