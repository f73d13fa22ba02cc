// Validates an OpenAPI document, and compiles each pattern in it as ECMA-262 does with flag u.
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";

const document = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { valid, errors } = await new Validator().validate(document);
if (!valid) throw new Error(JSON.stringify(errors, null, 1).slice(0, 4000));

function patterns(node) {
  if (node === null || typeof node !== "object") return;
  if (typeof node.pattern === "string") new RegExp(node.pattern, "u");
  Object.values(node).forEach(patterns);
}
patterns(document.components.schemas);
console.log("valid", document.openapi, Object.keys(document.paths).length);
