/** The parts of a document that are made, between `<!-- name -->` and `<!-- /name -->`. Pure. */

/**
 * @param {string} text
 * @param {string} name
 */
export function readPart(text, name) {
  const [start, end] = bounds(text, name);
  return text.slice(start, end).trim();
}

/**
 * @param {string} text
 * @param {string} name
 * @param {string} body
 */
export function replacePart(text, name, body) {
  const [start, end] = bounds(text, name);
  return `${text.slice(0, start)}\n\n${body.trim()}\n\n${text.slice(end)}`;
}

/**
 * @param {string} text
 * @param {string} name
 * @returns {[number, number]}
 */
function bounds(text, name) {
  const opening = `<!-- ${name} -->`;
  const start = text.indexOf(opening) + opening.length;
  const end = text.indexOf(`<!-- /${name} -->`, start);
  if (start < opening.length || end === -1) throw new Error(`no part "${name}" in the document`);
  return [start, end];
}
