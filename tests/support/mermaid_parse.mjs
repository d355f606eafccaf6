// Reads diagrams as Mermaid's own parser does: a JSON list of texts on standard input, what it saw of each on output.
import { pathToFileURL } from "node:url";

const home = process.argv[2];
const part = (name, file) => import(pathToFileURL(`${home}/node_modules/${name}/${file}`));
// Without a browser there is nothing to clean text with; parsing does not ask for it.
const cleaner = (await part("dompurify", "dist/purify.es.mjs")).default;
Object.assign(cleaner, { addHook: () => {}, sanitize: (text) => text });
const mermaid = (await part("mermaid", "dist/mermaid.core.mjs")).default;
await mermaid.parse("journey", { suppressErrors: true });  // makes it know its diagrams
let input = "";
for await (const chunk of process.stdin) input += chunk;
const answers = [];
for (const text of JSON.parse(input)) {
  try {
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const db = diagram.db;
    answers.push({
      type: diagram.type,
      title: db.getDiagramTitle() || "",
      accTitle: db.getAccTitle() || "",
      accDescription: db.getAccDescription() || "",
      sections: [...db.getSections()],
      tasks: db.getTasks().map((task) => ({ section: task.section, task: task.task, score: Number.isNaN(task.score) ? null : task.score, people: task.people })),
      actors: db.getActors(),
    });
  } catch (error) {
    answers.push({ error: String(error.message || error) });
  }
}
process.stdout.write(JSON.stringify(answers));
