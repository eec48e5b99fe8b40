/**
 * JSON merge patch (RFC 7396): values replace, null removes, arrays are replaced whole.
 * @param {any} target left untouched
 * @param {any} patch
 * @returns {any} the patched value; unpatched parts are shared with the target
 */
export function mergePatch(target, patch) {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
